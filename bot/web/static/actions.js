/** What a screen may ask for: press a button, say an answer, pick files. Each line does one thing at a time. */

import { ask } from "./ask.js";

export class Actions {
  words;
  #root;
  #send;
  #mayAct;
  #pick;
  #busy = new Map(); // message id -> line id

  /**
   * `send(message)` gives the message's id; `mayAct(button)` is false when it must wait;
   * `pick()` opens the file picker.
   */
  constructor({ root, words, send, mayAct, pick }) {
    this.words = words;
    this.#root = root;
    this.#send = send;
    this.#mayAct = mayAct;
    this.#pick = pick;
  }

  async press(button, element) {
    const line = element.closest("[data-line]");
    if (line.dataset.busy || !this.#mayAct(button)) return;
    if (!(await this.#agreed(button))) return;
    // While the question stood open the line may have been redrawn, its button gone.
    if (!element.isConnected || line.dataset.busy) return;
    element.dataset.pressed = "true";
    this.#hold(line, this.#send({ op: "press", token: button.token }));
  }

  say(text, input) {
    const line = input.closest("[data-line]");
    if (line.dataset.busy || !this.#mayAct({})) return;
    this.#hold(line, this.#send({ op: "say", text, files: [] }));
  }

  pick() {
    this.#pick();
  }

  /** True when the message came from inside a line, whose controls are then free again; `taken` if not refused. */
  release(id, taken) {
    const lineId = this.#busy.get(id);
    if (lineId === undefined) return false;
    this.#busy.delete(id);
    const line = this.#root.querySelector(`[data-line="${CSS.escape(String(lineId))}"]`);
    if (line) setBusy(line, false);
    // An answer that was taken is no unsent word that would have to outlive a redrawing.
    const input = taken && line?.querySelector("[data-answer]");
    if (input) input.dataset.first = input.value;
    return true;
  }

  async #agreed(button) {
    if (!button.confirm) return true;
    const danger = button.style === "danger";
    return ask(this.#root, { question: button.confirm, yes: button.label, no: this.words.say("ask.no"), danger });
  }

  #hold(line, id) {
    this.#busy.set(id, line.dataset.line);
    setBusy(line, true);
  }
}

/** Shown as busy rather than disabled: a disabled button would lose the focus. */
function setBusy(line, busy) {
  if (busy) line.dataset.busy = "true";
  else delete line.dataset.busy;
  line.setAttribute("aria-busy", String(busy));
  for (const control of line.querySelectorAll("button")) control.setAttribute("aria-disabled", String(busy));
  for (const input of line.querySelectorAll("[data-answer]")) input.readOnly = busy;
  if (!busy) line.querySelector("[data-pressed]")?.removeAttribute("data-pressed");
}
