/** One WebSocket that comes back by itself: waits longer each time, unevenly, and watches for silence. */

const PING_EVERY = 25_000;
const ANSWER_WITHIN = 10_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

export class Connection {
  #session;
  #onMessage;
  #onState;
  #socket = null;
  #welcomed = false;
  #over = false;
  #attempts = 0;
  #again = null;
  #ping = null;
  #silence = null;

  /** `onState` hears connecting, open (after the welcome), lost and over (logged out). */
  constructor({ session, onMessage, onState }) {
    this.#session = session;
    this.#onMessage = onMessage;
    this.#onState = onState;
    window.addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
  }

  open() {
    clearTimeout(this.#again);
    this.#again = null;
    this.#over = false;
    this.#onState(this.#attempts ? "lost" : "connecting");
    this.#socket?.close();
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/ws`);
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ op: "hello", session: this.#session }));
    socket.onmessage = (event) => socket === this.#socket && this.#take(JSON.parse(event.data));
    socket.onclose = () => socket === this.#socket && this.#lost();
  }

  /** True when it left; nothing leaves before the welcome. */
  send(message) {
    if (!this.#welcomed) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  #take(message) {
    clearTimeout(this.#silence);
    if (message.op === "pong") return;
    if (message.op === "bye") this.#over = true;
    if (message.op === "welcome") this.#welcome();
    this.#onMessage(message);
    if (this.#over) this.#close();
  }

  #welcome() {
    this.#welcomed = true;
    this.#attempts = 0;
    clearInterval(this.#ping);
    this.#ping = setInterval(() => this.#listen(), PING_EVERY);
    this.#onState("open");
  }

  #listen() {
    if (!this.send({ op: "ping" })) return;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#close(), ANSWER_WITHIN);
  }

  #close() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#lost();
  }

  #lost() {
    this.#socket = null;
    this.#welcomed = false;
    clearInterval(this.#ping);
    clearTimeout(this.#silence);
    if (this.#over) return this.#onState("over");
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#attempts);
    this.#attempts += 1;
    // Half fixed, half by chance: a restarted server is not met by everyone at once.
    this.#again = setTimeout(() => this.open(), longest / 2 + (Math.random() * longest) / 2);
    this.#onState("lost");
  }

  /** A phone that wakes up or finds its network does not wait: it connects, or asks whether the line still lives. */
  #hurry() {
    if (this.#again) this.open();
    else this.#listen();
  }
}
