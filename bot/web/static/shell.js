/** The frame of one messenger: heading, state of the connection, the talk, the box to type in. */

import { h } from "./dom.js";
import { icon, mark } from "./icons.js";

export class Shell {
  #root;
  #words;

  constructor(root, words, { toasts, tray, composer, canLeave, onReconnect }) {
    this.#root = root;
    this.#words = words;
    this.#build(toasts, tray, composer);
    this.#label();
    this.reconnect.addEventListener("click", onReconnect);
    root.classList.add("messenger");
    if (canLeave) this.header.append(this.#leave());
    root.append(this.header, this.status, toasts, this.frame, tray, composer, this.drop);
  }

  #build() {
    this.who = h("p", { class: "who", "data-testid": "person" });
    this.roles = h("p", { class: "roles" });
    this.brand = h("span", { class: "brand" });
    const words = h("div", { class: "head-words" }, this.brand, this.who);
    this.header = h("header", { class: "head" }, mark(), words, this.roles);
    this.state = h("span", {});
    this.reconnect = h("button", { type: "button", class: "button quiet", "data-testid": "reconnect" });
    this.status = h("div", { class: "status", role: "status", "data-testid": "status", hidden: true });
    this.status.append(this.state, this.reconnect);
    this.older = h("button", { type: "button", class: "button quiet older", hidden: true, "data-testid": "older" });
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0", "data-testid": "log" });
    this.content = h("div", { class: "content" }, this.older, this.log);
    this.view = h("div", { class: "view" }, this.content);
    this.pill = h("button", { type: "button", class: "pill", hidden: true, "data-testid": "pill" });
    this.frame = h("div", { class: "frame" }, this.view, this.pill);
    this.drop = h("div", { class: "drop", hidden: true, "data-testid": "drop" });
  }

  /** A form, since leaving is a POST: no link of another page logs anybody out. */
  #leave() {
    const label = this.#words.say("leave");
    const button = h("button", { class: "button quiet leave", "data-testid": "leave" }, label);
    return h("form", { method: "post", action: "/logout" }, button);
  }

  /** Sets the texts that stand all the time. */
  #label() {
    const say = (key) => this.#words.say(key);
    this.brand.textContent = say("brand");
    this.reconnect.textContent = say("status.now");
    this.older.textContent = say("log.older");
    this.log.setAttribute("aria-label", say("log.label"));
    this.pill.replaceChildren(icon("down"), say("log.new"));
    this.drop.replaceChildren(icon("drop"), h("p", {}, say("drop.here")));
  }

  /** Whose messenger it is. */
  welcome({ person, locale }) {
    this.#root.lang = locale;
    this.#label();
    const department = h("span", { class: "department" }, person.department);
    this.who.replaceChildren(h("strong", {}, person.name), " ", person.title, department);
    this.roles.replaceChildren(...person.roles.map((role) => h("span", { class: "role" }, role)));
  }

  /** The line about the connection; nothing is said while it stands. */
  connection(state) {
    this.status.dataset.state = state;
    this.status.hidden = state !== "lost";
    this.state.textContent = state === "lost" ? this.#words.say("status.lost") : "";
    this.log.toggleAttribute("data-loading", state === "connecting");
  }
}
