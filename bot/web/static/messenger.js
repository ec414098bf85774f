/** One live talk in one element: takes what the server says to the page, and what the person does to the server. */

import { Actions } from "./actions.js";
import { Attachments } from "./attachments.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { placeToAnswer } from "./keep.js";
import { Log } from "./log.js";
import { newId, Outbox } from "./outbox.js";
import { Scroller } from "./scroller.js";
import { Shell } from "./shell.js";
import { Toasts } from "./toasts.js";

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
  #older = false;
  #asked = false;

  /**
   * `root` is the element to fill; `session` is the demo's token, null where a cookie holds it; `account` keeps what
   * waits on this computer apart by person; `onArrival()` hears of the bot's new lines, `onClock(now)` of the clock.
   */
  constructor(root, { session = null, account, words, onArrival = () => {}, onClock = () => {} }) {
    this.#words = words;
    this.#onArrival = onArrival;
    this.#onClock = onClock;
    this.outbox = new Outbox(account);
    this.toasts = new Toasts(words);
    this.attachments = new Attachments({
      session,
      words,
      toasts: this.toasts,
      asked: () => this.log.asking().files,
      onArrived: () => this.#say(""),
    });
    this.composer = new Composer(words, {
      send: (text) => this.#say(text),
      menu: () => this.#dispatch({ op: "say", text: words.say("composer.menu"), files: [] }),
      files: (files) => this.attachments.add(files),
    });
    this.connection = new Connection({
      session,
      onMessage: (message) => this.#take(message),
      onState: (state) => this.shell.connection(state),
    });
    this.shell = new Shell(root, words, {
      toasts: this.toasts.element,
      tray: this.attachments.element,
      composer: this.composer.element,
      canLeave: session === null,
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
    this.attachments.listen(root, drop, () => !this.composer.ended);
    for (const entry of this.outbox.all()) this.#show(entry);
  }

  start() {
    this.connection.open();
  }

  #take(message) {
    const { op } = message;
    if (op === "welcome") this.#welcome(message);
    else if (op === "line") this.#line(message.line);
    else if (op === "gone") this.#gone(message.id);
    else if (op === "lines") this.#history(message);
    else if (op === "ack") this.#taken(message.id);
    else if (op === "refused") this.#refused(message);
    else if (op === "toast") this.toasts.show(message.text, message.tone);
    else if (op === "clock") this.#onClock(message.now);
    else if (op === "bye") this.#bye(message);
  }

  #welcome(message) {
    this.#words.take(message.words);
    this.attachments.limits = message.limits;
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
    placeToAnswer(placed.element)?.focus({ preventScroll: true });
  }

  #gone(id) {
    this.log.remove(id);
    this.#expect();
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
    this.actions.release(id, true);
  }

  #refused({ id, text }) {
    const entry = this.outbox.remove(id);
    this.log.drop(id);
    const inLine = this.actions.release(id, false);
    if (inLine || !entry || entry.message.op === "press") return this.toasts.show(text, "bad");
    this.composer.giveBack(entry.message.text, text);
    if (entry.files.length) this.attachments.giveBack(entry.files);
  }

  /** Where the login is over, only the page itself can begin anew; otherwise the connection can. */
  #bye({ reason, text }) {
    if (reason === "expired") return this.composer.end(text, this.#words.say("bye.login"), () => location.reload());
    this.composer.end(text, this.#words.say("bye.again"), () => {
      this.composer.begin();
      this.connection.open();
    });
  }

  /** What was typed below, with the files that wait beside it. True when it was taken. */
  #say(text) {
    if (this.attachments.mustWait()) return false;
    const files = this.attachments.take();
    if (!text && !files.length) return false;
    this.#dispatch({ op: "say", text, files: files.map((file) => file.id) }, { files });
    this.attachments.draw();
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

  /** Nothing is done after a logout, and no form of files is left while one is still coming. */
  #mayAct(button) {
    if (this.composer.ended) return false;
    const goesOn = button.style === "primary" && this.log.asking().field?.kind === "files";
    return !(goesOn && this.attachments.mustWait());
  }

  /** The box below says what it would answer. */
  #expect() {
    const { field, search } = this.log.asking();
    const key = search ? "composer.search" : (HINTS[field?.kind] ?? "composer.placeholder");
    this.composer.hint(this.#words.say(key, { label: field?.label }));
  }
}
