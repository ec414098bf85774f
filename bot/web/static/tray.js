/** The files above the box to type in: how far they came, and what can be done about them. */

import { h, spoken } from "./dom.js";
import { shownSize } from "./file_kind.js";
import { iconButton } from "./icon_button.js";
import { fileIcon, icon } from "./icons.js";

export class Tray {
  #uploads;
  #words;
  #drawn = new Map(); // item -> {element, state}

  constructor(uploads, words) {
    this.#uploads = uploads;
    this.#words = words;
    this.element = h("ul", { class: "tray", hidden: true, "data-testid": "tray" });
  }

  /** Shows the items as they are now; only a changed state is drawn anew, so that focus stays. */
  draw() {
    const items = this.#uploads.items;
    this.element.hidden = !items.length;
    this.element.setAttribute("aria-label", this.#words.say("tray.label"));
    for (const item of items) this.#show(item);
    for (const [item, { element }] of this.#drawn) {
      if (items.includes(item)) continue;
      element.remove();
      this.#drawn.delete(item);
    }
  }

  #show(item) {
    const drawn = this.#drawn.get(item);
    if (drawn?.state === item.state) return this.#move(drawn.element, item);
    const element = this.#item(item);
    if (drawn) drawn.element.replaceWith(element);
    else this.element.append(element);
    this.#drawn.set(item, { element, state: item.state });
    this.#move(element, item);
  }

  #move(element, item) {
    const bar = element.querySelector("progress");
    if (!bar) return;
    bar.value = item.percent;
    element.querySelector(".percent").textContent = `${item.percent}%`;
  }

  #item(item) {
    const busy = item.state === "sending" || item.state === "waiting";
    const label = this.#words.say("tray.sending", { name: item.name });
    return h(
      "li",
      { class: "upload", "data-state": item.state, "data-testid": "upload" },
      fileIcon(item.name),
      h(
        "div",
        { class: "file-words" },
        h("span", { class: "file-name" }, item.name),
        this.#under(item, busy),
        busy && h("progress", { max: "100", value: "0", "aria-label": label }),
      ),
      item.state === "failed" && item.again && this.#button("again", "tray.retry", item, () => this.#uploads.retry(item)),
      this.#button("close", busy ? "tray.cancel" : "tray.remove", item, () => this.#uploads.remove(item)),
    );
  }

  #under(item, busy) {
    if (item.state === "failed") return h("span", { class: "upload-error", role: "alert" }, item.error);
    return h(
      "span",
      { class: "file-size" },
      shownSize(item.size),
      busy && h("span", { class: "percent" }),
      item.state === "ready" && [icon("check"), spoken(this.#words.say("tray.ready"))],
    );
  }

  #button(drawing, key, item, act) {
    const label = this.#words.say(key, { name: item.name });
    return iconButton(drawing, label, { "data-testid": key.replace(".", "-"), onclick: act });
  }
}
