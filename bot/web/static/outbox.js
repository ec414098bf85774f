/** What was said or pressed and not yet acknowledged. It outlives the page, each message under a key of its own. */

const PREFIX = "bogobot.outbox.";
const KEPT_FOR = 24 * 3600 * 1000;

export class Outbox {
  #prefix;
  #entries = new Map();

  /** `account` keeps the messages of two people on one computer apart. */
  constructor(account) {
    this.#prefix = `${PREFIX}${account}.`;
    forgetOld();
    for (const [key, entry] of stored()) {
      if (key.startsWith(this.#prefix)) this.#entries.set(entry.message.id, entry);
    }
  }

  /** Keeps `message`; `files` are shown beside it while it waits. */
  add(message, files = []) {
    const entry = { message, files, at: Date.now() };
    this.#entries.set(message.id, entry);
    try {
      localStorage.setItem(this.#prefix + message.id, JSON.stringify(entry));
    } catch {
      // Storage is full or forbidden: the message still waits in this page.
    }
    return entry;
  }

  /** Takes the entry out; undefined where it is already gone. */
  remove(id) {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    forget(this.#prefix + id);
    return entry;
  }

  /** In the order they were made. */
  all() {
    return [...this.#entries.values()].sort((one, other) => one.at - other.at);
  }
}

/** A random UUID, also where `crypto.randomUUID` is missing: on a plain http:// address inside an office. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function forgetOld() {
  for (const [key, entry] of stored()) {
    if (Date.now() - entry.at > KEPT_FOR) forget(key);
  }
}

function stored() {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => [key, JSON.parse(localStorage.getItem(key))]);
  } catch {
    return [];
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing was kept then.
  }
}
