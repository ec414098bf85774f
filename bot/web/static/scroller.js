/** Keeps the view where the reader wants it: at the newest line only when they were there already. */

const NEAR = 80;
const MARGIN = 12;
const ANSWER_WITHIN = 3000;

export class Scroller {
  #view;
  #pill;
  #stuck = true;
  #asked = -Infinity;

  /** `onTop` is called when older lines should be fetched. */
  constructor({ view, content, pill, onTop }) {
    this.#view = view;
    this.#pill = pill;
    view.addEventListener("scroll", () => this.#scrolled(onTop), { passive: true });
    for (const name of ["wheel", "touchmove"]) {
      view.addEventListener(name, () => this.#leave(), { passive: true });
    }
    pill.addEventListener("click", () => this.toBottom(true));
    const observer = new ResizeObserver(() => this.#stuck && this.toBottom());
    observer.observe(content);
    observer.observe(view);
  }

  toBottom(gently = false) {
    this.#stuck = true;
    this.#pill.hidden = true;
    this.#view.scrollTo({ top: this.#view.scrollHeight, behavior: gently && !calm() ? "smooth" : "instant" });
  }

  /** The reader did something: what comes next is the answer, and is shown wherever they are. */
  expect() {
    this.#asked = performance.now();
  }

  /** A new line of the bot: shown from its top when it is there to be read, announced by the pill when not. */
  arrived(element) {
    if (!this.#follows()) {
      this.#pill.hidden = false;
      return;
    }
    if (!this.#view.clientHeight) return; // not shown now: it will open at its end
    const top = this.#topOf(element) - MARGIN;
    this.toBottom();
    if (top >= this.#view.scrollTop) return;
    this.#stuck = false;
    this.#view.scrollTop = top;
  }

  /** Brings the place to answer into view, if the reader is at the end or is answering. */
  reveal(element) {
    if (!this.#follows() && !element.contains(document.activeElement)) return;
    const highest = this.#topOf(element) - MARGIN;
    const lowest = this.#topOf(element) + element.offsetHeight + MARGIN - this.#view.clientHeight;
    // Not scrollIntoView, which would move the page around the pane as well.
    if (highest < this.#view.scrollTop) this.#view.scrollTop = highest;
    else if (lowest > this.#view.scrollTop) this.#view.scrollTop = lowest;
  }

  /** Runs `change`, which adds lines above, without moving what is being read. */
  hold(change) {
    const fromEnd = this.#view.scrollHeight - this.#view.scrollTop;
    change();
    this.#view.scrollTop = this.#view.scrollHeight - fromEnd;
  }

  /** Who scrolls by hand reads something else and is not pulled away. */
  #leave() {
    this.#asked = -Infinity;
  }

  #follows() {
    return this.#stuck || performance.now() - this.#asked < ANSWER_WITHIN;
  }

  #topOf(element) {
    return element.getBoundingClientRect().top - this.#view.getBoundingClientRect().top + this.#view.scrollTop;
  }

  #scrolled(onTop) {
    const { scrollTop, scrollHeight, clientHeight } = this.#view;
    if (!clientHeight) return; // a pane behind a tab
    this.#stuck = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.#stuck) this.#pill.hidden = true;
    if (scrollTop < clientHeight / 2) onTop();
  }
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
