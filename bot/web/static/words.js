/** What the page itself says, by key. The texts come from the server, in the reader's language. */

export class Words {
  #texts;

  constructor(texts = {}) {
    this.#texts = { ...texts };
  }

  /** The words written into the page by the server. */
  static ofPage() {
    return new Words(JSON.parse(document.documentElement.dataset.words || "{}"));
  }

  take(texts) {
    Object.assign(this.#texts, texts);
  }

  /** The text of `key`, its `{places}` filled; the key itself where there is none, so that it is seen. */
  say(key, values = {}) {
    const text = this.#texts[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
  }
}
