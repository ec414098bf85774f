/** Passing words, over the top of the talk: the bottom is where people work. */

import { h } from "./dom.js";
import { iconButton } from "./icon_button.js";
import { icon } from "./icons.js";

const SHOWN_FOR = { bad: 9000, warning: 9000 };
const USUALLY = 5000;
const MOST = 2;
const ICONS = { good: "good", warning: "warning", bad: "alert" };

export class Toasts {
  #words;

  constructor(words) {
    this.#words = words;
    this.element = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
  }

  show(text, tone = "neutral") {
    const close = iconButton("close", this.#words.say("toast.close"), { onclick: () => toast.remove() });
    const toast = h(
      "div",
      { class: "toast", "data-tone": tone, "data-testid": "toast" },
      tone in ICONS && icon(ICONS[tone]),
      h("span", {}, text),
      close,
    );
    this.element.append(toast);
    while (this.element.children.length > MOST) this.element.firstElementChild.remove();
    setTimeout(() => toast.remove(), SHOWN_FOR[tone] ?? USUALLY);
  }
}
