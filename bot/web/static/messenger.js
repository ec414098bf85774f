/** One live talk in one element: takes what the server says to the page, and what the person does to the server. */

import { Actions } from "./actions.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { acceptFiles } from "./drop.js";
import { Log } from "./log.js";
import { newId, Outbox } from "./outbox.js";
import { Scroller } from "./scroller.js";
import { Shell } from "./shell.js";
import { Toasts } from "./toasts.js";
import { Tray } from "./tray.js";
import { Uploads } from "./uploads.js";

const HINTS = {
  number: "composer.answer",
  text: "composer.answer",
  date: "composer.answer",
  files: "composer.files",
};

export class Messenger {
  #words;
  #onArrival;
  #onClock;
  #limits = {};
  #older = false;
  #asked = false;

  /**
   * `root` is the element to fill; `session` is the demo's token, null where a cookie holds it; `account` keeps what waits
   * on this computer apart by person; `onArrival()` hears of new lines of the bot, `onClock(now)` of a moved clock.
   */
  constructor(root, { session = null, account, words, onArrival = () => {}, onClock = () => {} }) {
    this.#words = words;
    this.#onArrival = onArrival;
    this.#onClock = onClock;
    this.outbox = new Outbox(account);
    this.toasts = new Toasts(words);
    this.uploads = new Uploads({ session, words, onChange: () => this.#filesMoved() });
    this.tray = new Tray(this.uploads, words);
    this.composer = new Composer(words, {
      send: (text) => this.#say(text),
      menu: () => this.#dispatch({ op: "say", text: words.say("composer.menu"), files: [] }),
      files: (files) => this.#addFiles(files, false),
    });
    this.connection = new Connection({
      session,
      onMessage: (message) => this.#take(message),
      onState: (state) => this.shell.connection(state),
    });
    this.shell = new Shell(root, words, {
      toasts: this.toasts.element,
      tray: this.tray.element,
      composer: this.composer.element,
      onReconnect: () => this.connection.open(),
    });
    this.#talk(root);
  }

  #talk(root) {
    const { log, view, content, pill, older, drop } = this.shell;
    this.actions = new Actions({
      root,
      words: this.#words,
      send: (message) => this.#dispatch(message, { seen: true }),
      mayAct: (button) => this.#mayAct(button),
      pick: () => this.composer.pick(),
    });
    this.log = new Log(log, this.actions);
    this.scroller = new Scroller({ view, content, pill, onTop: () => this.#more() });
    older.addEventListener("click", () => this.#more());
    acceptFiles(root, drop, (files, folders) => this.#addFiles(files, folders));
    window.addEventListener("beforeunload", (event) => this.uploads.running && event.preventDefault());
    for (const entry of this.outbox.all()) this.#show(entry);
  }

  start() {
    this.connection.open();
  }

  #take(message) {
    const { op } = message;
    if (op === "welcome") this.#welcome(message);
    else if (op === "line") this.#line(message.line);
    else if (op === "lines") this.#history(message);
    else if (op === "ack") this.#taken(message.id);
    else if (op === "refused") this.#refused(message);
    else if (op === "toast") this.toasts.show(message.text, message.tone);
    else if (op === "clock") this.#onClock(message.now);
    else if (op === "bye") this.composer.end(message.text, () => this.#again());
  }

  #welcome(message) {
    this.#words.take(message.words);
    this.#limits = message.limits;
    this.composer.label();
    this.composer.accept(message.limits.accept);
    this.shell.welcome(message);
    this.#onClock(message.now);
    const before = this.log.newest;
    this.log.welcome(message.lines, message.more);
    if (this.log.oldest === (message.lines[0]?.id ?? null)) this.#setOlder(message.more);
    this.#asked = false;
    const newest = this.log.element(this.log.newest);
    if (newest && this.log.newest !== before) this.scroller.arrived(newest);
    this.#expect();
    for (const { message: waiting } of this.outbox.all()) this.connection.send(waiting);
  }

  #line(line) {
    const placed = this.log.put(line);
    if (!placed) return;
    if (placed.fresh && line.who === "bot") {
      this.scroller.arrived(placed.element);
      this.#onArrival();
    }
    this.#expect();
    const now = placed.element.querySelector("[data-state=now]");
    if (!now) return;
    this.scroller.reveal(now);
    // The input that was being used is gone with its screen: the next one takes over.
    if (document.activeElement !== this.shell.log) return;
    now.querySelector("[data-answer], button")?.focus({ preventScroll: true });
  }

  #history({ lines, more }) {
    this.#asked = false;
    this.scroller.hold(() => {
      this.log.take(lines);
      this.#setOlder(more);
    });
  }

  #more() {
    if (!this.#older || this.#asked) return;
    this.#asked = this.connection.send({ op: "more", before: this.log.oldest });
  }

  #setOlder(more) {
    this.#older = more;
    this.shell.older.hidden = !more;
  }

  #taken(id) {
    this.outbox.remove(id);
    this.log.sent(id);
    this.actions.release(id);
  }

  #refused({ id, text }) {
    const entry = this.outbox.remove(id);
    this.log.drop(id);
    const inLine = this.actions.release(id);
    if (inLine || !entry || entry.message.op === "press") return this.toasts.show(text, "bad");
    this.composer.giveBack(entry.message.text, text);
    if (entry.files.length) this.uploads.giveBack(entry.files);
  }

  #again() {
    this.composer.begin();
    this.connection.open();
  }

  /** What was typed below, with the files that wait beside it. True when it was taken. */
  #say(text) {
    if (this.uploads.running) {
      this.toasts.show(this.#words.say("upload.wait"), "warning");
      return false;
    }
    const files = this.uploads.takeReady();
    if (!text && !files.length) return false;
    this.#dispatch({ op: "say", text, files: files.map((file) => file.id) }, { files });
    return true;
  }

  /** Sends now, or as soon as there is a connection. An answer given inside a screen is seen there already. */
  #dispatch(message, { files = [], seen = false } = {}) {
    const entry = this.outbox.add({ ...message, id: newId() }, files);
    if (!seen) this.#show(entry);
    this.scroller.expect();
    this.connection.send(entry.message);
    return entry.message.id;
  }

  #show(entry) {
    if (entry.message.op !== "say") return;
    this.log.wait(entry);
    this.scroller.toBottom();
  }

  /** Nothing is done after a logout; and going on while a file is still coming would leave it behind. */
  #mayAct(button) {
    if (this.composer.ended) return false;
    const goesOn = button.style === "primary" && this.log.asking().field?.kind === "files";
    const waits = goesOn && this.uploads.running;
    if (waits) this.toasts.show(this.#words.say("upload.wait"), "warning");
    return !waits;
  }

  #addFiles(files, folders) {
    if (this.composer.ended) return;
    if (folders) this.toasts.show(this.#words.say("drop.folder"), "warning");
    const { field } = this.log.asking();
    const accept = field?.accept?.join(",") ?? this.#limits.accept;
    if (files.length) this.uploads.add(files, { file: field?.cap ?? this.#limits.file, accept });
  }

  /** A form that asks for files gets them as soon as all have arrived; otherwise they wait to be sent. */
  #filesMoved() {
    if (this.uploads.arrived && this.log.asking().field?.kind === "files") this.#say("");
    this.tray.draw();
  }

  /** The box below says what it would answer. */
  #expect() {
    const { field, search } = this.log.asking();
    const key = search ? "composer.search" : (HINTS[field?.kind] ?? "composer.placeholder");
    this.composer.hint(this.#words.say(key, { label: field?.label }));
  }
}
