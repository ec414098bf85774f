/** The files of a talk: where they come in, what is said about them, and when they go out. */

import { acceptFiles } from "./drop.js";
import { Tray } from "./tray.js";
import { Uploads } from "./uploads.js";

// The server takes so many in one message; more follow in the next.
const AT_ONCE = 10;

export class Attachments {
  limits = {};
  #words;
  #toasts;
  #asked;
  #onArrived;
  #uploads;
  #tray;

  /** `asked()` gives the field of files of the form that is open; `onArrived()` is called when all it asked for have come. */
  constructor({ session, words, toasts, asked, onArrived }) {
    this.#words = words;
    this.#toasts = toasts;
    this.#asked = asked;
    this.#onArrived = onArrived;
    this.#uploads = new Uploads({ session, words, onChange: () => this.draw() });
    this.#tray = new Tray(this.#uploads, words);
    this.element = this.#tray.element;
    window.addEventListener("beforeunload", (event) => this.#uploads.running && event.preventDefault());
  }

  /** Takes what is dropped or pasted on `root` while `mayTake()`. */
  listen(root, overlay, mayTake) {
    acceptFiles(root, overlay, (files, folders) => {
      if (!mayTake()) return;
      if (folders) this.#toasts.show(this.#words.say("drop.folder"), "warning");
      this.add(files);
    });
  }

  add(files) {
    const field = this.#asked();
    const accept = field?.accept?.join(",") ?? this.limits.accept;
    if (files.length) this.#uploads.add(files, { file: field?.cap ?? this.limits.file, accept });
  }

  /** True, with a word about it, while a file is still coming: going on would leave it behind. */
  mustWait() {
    if (this.#uploads.running) this.#toasts.show(this.#words.say("upload.wait"), "warning");
    return this.#uploads.running;
  }

  take() {
    return this.#uploads.takeReady(AT_ONCE);
  }

  giveBack(files) {
    this.#uploads.giveBack(files);
  }

  /** A form that asks for files gets them as soon as all have come; otherwise they wait to be sent. */
  draw() {
    if (this.#uploads.arrived && this.#asked()) this.#onArrived();
    this.#tray.draw();
  }
}
