/** One line of the talk: the bot's screen on the left, my own words on the right. */

import { h, spoken } from "../dom.js";
import { icon, mark } from "../icons.js";
import { drawCard } from "./card.js";
import { drawForm } from "./form.js";
import { drawMenu } from "./menu.js";
import { drawNotice } from "./notice.js";
import { drawFiles } from "./parts.js";

const SCREENS = { notice: drawNotice, menu: drawMenu, form: drawForm, card: drawCard };

export function drawLine(line, act) {
  return line.who === "me" ? drawMine(line, act) : drawBot(line, act);
}

/** My words that the server has not numbered yet. */
export function drawWaiting(entry, act) {
  const { text, id } = entry.message;
  const element = frame("me", [bubble({ text, files: entry.files }, act), sendMark("clock", "sent.waiting", act)], act);
  element.dataset.waiting = id;
  return element;
}

/** The server has taken it. */
export function markSent(element, act) {
  element.querySelector(".sent")?.replaceWith(sendMark("check", "sent.taken", act));
}

function drawMine(line, act) {
  const meta = h("span", { class: "meta" }, sendMark("check", "sent.taken", act), time(line));
  return numbered(frame("me", [bubble(line.body, act), meta], act), line);
}

function drawBot(line, act) {
  const draw = SCREENS[line.body.kind] ?? drawNotice;
  const element = numbered(frame("bot", [draw(line.body, act), h("span", { class: "meta" }, time(line))], act), line);
  element.dataset.kind = line.body.kind;
  element.dataset.live = String(Boolean(line.body.live));
  return element;
}

function frame(who, parts, act) {
  return h(
    "div",
    { class: "line", "data-who": who, "data-testid": "line" },
    who === "bot" && h("span", { class: "avatar" }, mark()),
    spoken(act.words.say(who === "bot" ? "who.bot" : "who.me")),
    h("div", { class: "line-body" }, parts),
  );
}

function numbered(element, line) {
  element.dataset.line = line.id;
  return element;
}

function bubble(body, act) {
  return h("div", { class: "bubble" }, body.text && h("p", {}, body.text), drawFiles(body.files, act));
}

function sendMark(drawing, key, act) {
  return h("span", { class: "sent", "data-sent": drawing === "check" }, icon(drawing), spoken(act.words.say(key)));
}

function time(line) {
  return h("time", { datetime: line.at }, line.time);
}
