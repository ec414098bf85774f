/** The lines of the talk in their order, with a mark before each new day. */

import { drawLine, drawWaiting, markSent } from "./draw/line.js";
import { h } from "./dom.js";
import { remember, restore } from "./keep.js";

export class Log {
  #list;
  #act;
  #lines = new Map(); // id -> {line, element}
  #waiting = new Map(); // message id -> {entry, element}, until the server's own line takes its place
  #days = new Map(); // day -> its mark
  #left = null; // what the person was doing in a line that went away

  constructor(list, act) {
    this.#list = list;
    this.#act = act;
  }

  get oldest() {
    return this.#lines.size ? Math.min(...this.#lines.keys()) : null;
  }

  get newest() {
    return this.#lines.size ? Math.max(...this.#lines.keys()) : null;
  }

  /** The lines after a (re)connection. Old ones stay unless something between would be missing. */
  welcome(lines, more) {
    for (const [id, { element }] of this.#waiting) if (element.dataset.taken) this.drop(id);
    const gap = more && this.newest !== null && lines[0]?.id > this.newest;
    if (gap) this.#clear();
    this.#forget(lines, more ? (lines[0]?.id ?? Infinity) : -Infinity);
    this.take(lines);
  }

  /** Many lines at once; a screen reader is not made to read them all out. */
  take(lines) {
    this.#list.setAttribute("aria-busy", "true");
    for (const line of lines) this.#set(line);
    this.#arrange();
    this.#list.setAttribute("aria-busy", "false");
  }

  /** One line, new or redrawn. `fresh` tells which; null for a redrawn line too old to be on the page. */
  put(line) {
    const fresh = !this.#lines.has(line.id);
    if (fresh && this.#lines.size && line.id < this.oldest) return null;
    const element = this.#set(line);
    this.#arrange();
    return { element, fresh };
  }

  /** Takes a line away; what was being done in it goes on in the screen that takes its place. */
  remove(id) {
    const element = this.element(id);
    if (!element) return;
    const kept = remember(element);
    this.#lines.delete(id);
    element.remove();
    this.#arrange();
    if (kept.hadFocus) this.#list.focus({ preventScroll: true });
    const next = this.#asking();
    if (next && next.id > id) this.#goOn(next.element, kept);
    else this.#left = kept;
  }

  /** Shows my words before the server has taken them. */
  wait(entry) {
    const element = drawWaiting(entry, this.#act);
    this.#waiting.set(entry.message.id, { entry, element });
    this.#list.append(element);
    this.#arrange();
    return element;
  }

  /** The server has taken the message. */
  sent(id) {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    waiting.element.dataset.taken = "true";
    markSent(waiting.element, this.#act);
  }

  /** Takes a waiting message off the page. */
  drop(id) {
    this.#waiting.get(id)?.element.remove();
    this.#waiting.delete(id);
  }

  /** The drawing of a line. */
  element(id) {
    return this.#lines.get(id)?.element ?? null;
  }

  /** What the newest screen that takes typed words or files waits for. */
  asking() {
    return this.#asking()?.asked ?? {};
  }

  #asking() {
    for (const id of [...this.#lines.keys()].sort((one, other) => other - one)) {
      const { line, element } = this.#lines.get(id);
      const asked = line.who === "bot" && askedBy(line.body);
      if (asked) return { id, element, asked };
    }
    return null;
  }

  #goOn(element, kept) {
    this.#left = null;
    restore(element, { ...kept, hadFocus: kept.hadFocus && document.activeElement === this.#list });
  }

  #set(line) {
    const old = this.#lines.get(line.id)?.element;
    const element = drawLine(line, this.#act);
    if (line.who === "me" && !old) this.#settle(line);
    this.#lines.set(line.id, { line, element });
    if (old) this.#replace(old, element);
    else this.#place(element, line.id);
    if (!old && this.#left && line.who === "bot" && askedBy(line.body)) this.#goOn(element, this.#left);
    return element;
  }

  #replace(old, element) {
    const kept = remember(old);
    old.replaceWith(element);
    if (restore(element, kept)) return;
    const answers = this.#list.querySelectorAll("[data-live=true] [data-answer]");
    (answers[answers.length - 1] ?? this.#list).focus({ preventScroll: true });
  }

  /** The server's own line takes the place of the one that waited. */
  #settle(line) {
    const words = ({ text, files = [] }) => JSON.stringify([text ?? "", files.map((file) => file.name)]);
    for (const [id, { entry }] of this.#waiting) {
      const said = { text: entry.message.text, files: entry.files };
      if (line.key ? line.key === id : words(said) === words(line.body)) return this.drop(id);
    }
  }

  #place(element, id) {
    let before = this.#list.lastElementChild;
    while (before && !(Number(before.dataset.line) < id)) before = before.previousElementSibling;
    while (before?.nextElementSibling?.dataset.taken) before = before.nextElementSibling;
    if (before) before.after(element);
    else this.#list.prepend(element);
  }

  /** Day marks, and which line begins a group of one speaker. */
  #arrange() {
    const used = new Set();
    let before = { who: null, day: null };
    for (const element of this.#list.querySelectorAll(":scope > .line")) {
      const line = this.#lines.get(Number(element.dataset.line))?.line ?? { who: "me", day: before.day };
      const newDay = line.day !== before.day;
      element.toggleAttribute("data-first", newDay || line.who !== before.who);
      if (newDay) used.add(this.#mark(line.day, element));
      before = line;
    }
    for (const [day, mark] of this.#days) {
      if (used.has(mark)) continue;
      mark.remove();
      this.#days.delete(day);
    }
  }

  #mark(day, element) {
    const mark = this.#days.get(day) ?? h("div", { class: "day" }, h("span", {}, day));
    this.#days.set(day, mark);
    if (mark.nextElementSibling !== element) element.before(mark);
    return mark;
  }

  /** Lines that went away meanwhile: from `first` on, only those in `lines` are left. */
  #forget(lines, first) {
    const here = new Set(lines.map((line) => line.id));
    for (const id of [...this.#lines.keys()]) if (id >= first && !here.has(id)) this.remove(id);
  }

  #clear() {
    for (const { element } of this.#lines.values()) element.remove();
    this.#lines.clear();
  }
}

/** What a living screen waits for: {field} of a form, or {search} of a menu; null for any other. */
function askedBy(body) {
  const field = body.kind === "form" && body.live && body.fields.find((one) => one.state === "now");
  // Whichever field is open, a form that asks for files takes them at any time.
  if (field) return { field, files: body.fields.find((one) => one.kind === "files") };
  return body.kind === "menu" && body.live && body.search ? { search: body.search } : null;
}
