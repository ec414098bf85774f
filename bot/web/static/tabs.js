/** One pane at a time where there is no room for more. Arrow keys go from tab to tab. */

import { h, spoken } from "./dom.js";

export class Tabs {
  #words;
  #tabs = [];
  #mark;

  /** `mark` is the class of the pane that is chosen. */
  constructor(list, words, mark = "chosen") {
    this.element = list;
    this.#mark = mark;
    this.#words = words;
    list.addEventListener("keydown", (event) => this.#key(event));
  }

  add(label, pane) {
    const unread = h("span", { class: "unread", hidden: true }, spoken(this.#words.say("demo.unread")));
    const attributes = { type: "button", role: "tab", class: "tab", "aria-controls": pane.id, "data-testid": `tab-${this.#mark}` };
    const tab = h("button", { ...attributes, onclick: () => this.choose(tab) }, label, unread);
    this.#tabs.push({ tab, pane, unread });
    this.element.append(tab);
    if (this.#tabs.length === 1) this.choose(tab);
    else this.#show(this.#tabs[this.#tabs.length - 1], false);
  }

  choose(tab) {
    for (const one of this.#tabs) this.#show(one, one.tab === tab);
  }

  /** A mark on the tab of a pane that is not seen now. */
  arrived(pane) {
    const found = this.#tabs.find((one) => one.pane === pane);
    if (found && !pane.checkVisibility()) found.unread.hidden = false;
  }

  #show({ tab, pane, unread }, chosen) {
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    pane.classList.toggle(this.#mark, chosen);
    if (chosen) unread.hidden = true;
  }

  #key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const at = this.#tabs.findIndex(({ tab }) => tab === document.activeElement);
    const next = this.#tabs[(at + step + this.#tabs.length) % this.#tabs.length].tab;
    this.choose(next);
    next.focus();
  }
}
