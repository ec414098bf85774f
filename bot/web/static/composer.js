/** The place to type at the bottom, with the menu and the paperclip. */

import { h } from "./dom.js";
import { iconButton } from "./icon_button.js";
import { icon } from "./icons.js";
import { grow, onEnter } from "./typing.js";

export class Composer {
  #words;
  #handlers;
  #fit;

  /** `handlers`: send(text) → true when taken, menu(), files(list). */
  constructor(words, handlers) {
    this.#words = words;
    this.#handlers = handlers;
    this.picker = h("input", { type: "file", multiple: true, hidden: true, "data-testid": "file-input" });
    this.input = h("textarea", { rows: "1", enterkeyhint: "send", "data-testid": "composer-input" });
    this.menu = h("button", { type: "button", class: "button menu-button", "data-testid": "composer-menu" });
    this.attach = iconButton("attach", "", { "data-testid": "composer-attach" });
    this.submit = iconButton("send", "", {
      type: "submit",
      class: "button icon-button round",
      "data-style": "primary",
      "data-testid": "composer-send",
    });
    this.why = h("p", { class: "refused", role: "alert", hidden: true, "data-testid": "composer-refused" });
    this.box = h("form", { class: "composer-box" }, this.menu, this.attach, this.input, this.submit, this.picker);
    this.element = h("div", { class: "composer" }, this.why, this.box);
    this.#fit = grow(this.input);
    this.#listen();
    this.label();
  }

  #listen() {
    this.box.addEventListener("submit", (event) => this.#send(event));
    this.menu.addEventListener("click", () => this.#handlers.menu());
    this.attach.addEventListener("click", () => this.pick());
    this.input.addEventListener("input", () => this.#explain(null));
    this.picker.addEventListener("change", () => {
      this.#handlers.files([...this.picker.files]);
      this.picker.value = "";
    });
    onEnter(this.input, () => this.box.requestSubmit());
  }

  /** Sets every text again, in the language of the words. */
  label() {
    const say = (key) => this.#words.say(key);
    this.menu.replaceChildren(icon("menu"), h("span", {}, say("composer.menu")));
    for (const [button, key] of [[this.attach, "composer.attach"], [this.submit, "composer.send"]]) {
      button.title = say(key);
      button.setAttribute("aria-label", say(key));
    }
    this.box.setAttribute("aria-label", say("composer.label"));
    this.picker.setAttribute("aria-label", say("composer.attach"));
    this.input.setAttribute("aria-label", say("composer.input"));
    this.hint(say("composer.placeholder"));
  }

  /** What the box says while it is empty. */
  hint(text) {
    this.input.placeholder = text;
  }

  /** Limits the picker; phones are left free, since they grey out kinds they don't know, HWP first of all. */
  accept(kinds) {
    if (matchMedia("(pointer: fine)").matches) this.picker.accept = kinds ?? "";
  }

  pick() {
    this.picker.click();
  }

  /** Gives words back that were not taken, with the reason. */
  giveBack(text, why) {
    this.input.value = [text, this.input.value].filter(Boolean).join("\n");
    this.#fit();
    this.#explain(why);
  }

  /** The talk is over here: why, and the way back, in place of the box. */
  end(text, label, again) {
    const button = h(
      "button",
      { type: "button", class: "button", "data-style": "primary", "data-testid": "again", onclick: again },
      label,
    );
    this.begin();
    this.box.hidden = true;
    this.element.append(h("div", { class: "ended", role: "alert", "data-testid": "bye" }, h("p", {}, text), button));
  }

  get ended() {
    return this.box.hidden;
  }

  begin() {
    this.box.hidden = false;
    this.element.querySelector(".ended")?.remove();
  }

  #send(event) {
    event.preventDefault();
    if (!this.#handlers.send(this.input.value.trim())) return;
    this.input.value = "";
    this.#fit();
    this.#explain(null);
  }

  #explain(why) {
    this.why.hidden = !why;
    this.why.textContent = why ?? "";
  }
}
