/** The files on their way: checked, sent two at a time, and kept until they are said, put away or tried again. */

import { faultOf, shownSize } from "./file_kind.js";
import { upload } from "./upload.js";

const AT_ONCE = 2;
let count = 0;

export class Uploads {
  /** Each: {key, file, name, size, state, percent, id, error, again, returned}; state: waiting, sending, ready, failed. */
  items = [];
  #session;
  #words;
  #onChange;

  constructor({ session, words, onChange }) {
    this.#session = session;
    this.#words = words;
    this.#onChange = onChange;
  }

  /** True while a file is still on its way. */
  get running() {
    return this.items.some((item) => item.state === "waiting" || item.state === "sending");
  }

  /** True when all have come and one of them was not sent in vain before. */
  get arrived() {
    return !this.running && this.items.some((item) => item.state === "ready" && !item.returned);
  }

  add(files, limits) {
    for (const file of files) {
      const fault = faultOf(file, limits);
      count += 1;
      const state = fault ? "failed" : "waiting";
      const item = { key: count, file, name: file.name, size: file.size, percent: 0, state };
      if (fault) item.error = this.#words.say(fault, { limit: shownSize(limits.file ?? 0), kinds: kinds(limits) });
      this.items.push(item);
    }
    this.#start();
  }

  /** Takes the item away, breaking off what is still being sent. */
  remove(item) {
    this.items = this.items.filter((other) => other !== item);
    item.abort?.();
    this.#start();
  }

  retry(item) {
    Object.assign(item, { state: "waiting", percent: 0, error: null });
    this.#start();
  }

  /** Hands over those that arrived, `most` at a time; the caller draws what is left. */
  takeReady(most) {
    const ready = this.items.filter((item) => item.state === "ready").slice(0, most);
    this.items = this.items.filter((item) => !ready.includes(item));
    return ready.map(({ id, name, size }) => ({ id, name, size }));
  }

  /** Files of a message that was not taken come back. */
  giveBack(files) {
    for (const file of files) {
      count += 1;
      this.items.push({ ...file, key: count, percent: 100, state: "ready", returned: true });
    }
    this.#onChange();
  }

  #start() {
    const free = AT_ONCE - this.items.filter((item) => item.state === "sending").length;
    const waiting = this.items.filter((item) => item.state === "waiting");
    for (const item of waiting.slice(0, Math.max(free, 0))) this.#send(item);
    this.#onChange();
  }

  async #send(item) {
    item.state = "sending";
    const { promise, abort } = upload(item.file, this.#session, (percent) => {
      item.percent = percent;
      this.#onChange();
    });
    item.abort = abort;
    try {
      const { id, name, size } = await promise;
      Object.assign(item, { id, name, size, state: "ready", percent: 100 });
    } catch ({ text, again }) {
      Object.assign(item, { state: "failed", again, error: text ?? this.#words.say("upload.failed") });
    }
    item.abort = null;
    this.#start();
  }
}

function kinds(limits) {
  return (limits.accept ?? "").split(",").map((kind) => kind.trim().slice(1)).join(", ");
}
