/** The messenger on a page of its own. */

import { guardPage } from "./drop.js";
import { Messenger } from "./messenger.js";
import { Words } from "./words.js";

const root = document.getElementById("messenger");
const title = document.title;
let unread = 0;

guardPage();
const messenger = new Messenger(root, {
  account: document.documentElement.dataset.account,
  words: Words.ofPage(),
  onArrival: () => document.hidden && count(unread + 1),
});
document.addEventListener("visibilitychange", () => document.hidden || count(0));
messenger.start();

function count(lines) {
  unread = lines;
  document.title = unread ? `(${unread}) ${title}` : title;
}
