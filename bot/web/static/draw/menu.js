/** A choice: a list to pick from, in pages where it is long, searched where it is very long. */

import { h, spoken } from "../dom.js";
import { icon } from "../icons.js";
import { answerForm } from "./answer.js";
import { drawBadge, drawButtons } from "./parts.js";
import { drawLine, drawText } from "./text.js";

export function drawMenu(screen, act) {
  const choices = h(
    "ul",
    { class: "choices" },
    screen.choices.map((choice) => h("li", {}, screen.live ? drawChoice(choice, act) : pastChoice(choice, act))),
  );
  return h(
    "div",
    { class: "screen menu" },
    drawText(screen.text),
    screen.live && screen.search && drawSearch(screen.search, act),
    screen.live || !screen.choices.length ? choices : folded(choices, screen, act),
    screen.live && drawPages(screen, act),
    screen.live && drawButtons(screen.buttons, act),
  );
}

function drawChoice(choice, act) {
  return h(
    "button",
    {
      type: "button",
      class: "choice",
      "data-focus": `choice:${choice.label}`,
      "data-testid": "choice",
      onclick: (event) => act.press(choice, event.currentTarget),
    },
    choiceWords(choice),
    drawBadge(choice.badge, act),
    icon("right"),
  );
}

function pastChoice(choice, act) {
  return h("div", { class: "choice" }, choiceWords(choice), drawBadge(choice.badge, act));
}

function choiceWords(choice) {
  return h(
    "span",
    { class: "choice-words" },
    h("span", { class: "choice-label" }, choice.label),
    choice.detail?.length > 0 && h("span", { class: "choice-detail" }, drawLine(choice.detail)),
  );
}

/** A menu that is over takes one line, and opens when asked. */
function folded(choices, screen, act) {
  const count = act.words.say("menu.past", { count: screen.choices.length });
  return h("details", { class: "folded" }, h("summary", { "data-focus": "folded" }, count), choices);
}

function drawSearch(search, act) {
  const { query, hint } = search;
  const asked = {
    name: "search",
    label: act.words.say("menu.search"),
    kind: "search",
    value: query ?? "",
    placeholder: act.words.say("composer.search"),
    button: "search",
  };
  return h(
    "div",
    { class: "search", role: "search" },
    answerForm(asked, act),
    h("p", { class: "hint" }, query ? h("strong", {}, hint) : hint),
  );
}

function drawPages(screen, act) {
  if (!screen.previous && !screen.next) return null;
  const [page, pages] = screen.page ?? [];
  return h(
    "nav",
    { class: "pages", "aria-label": act.words.say("menu.pages") },
    turn("left", "menu.previous", screen.previous, act),
    pages && h("span", { class: "page" }, spoken(act.words.say("menu.page")), `${page} / ${pages}`),
    turn("right", "menu.next", screen.next, act),
  );
}

function turn(drawing, key, token, act) {
  const label = act.words.say(key);
  return h(
    "button",
    {
      type: "button",
      class: "button",
      "data-focus": `page:${drawing}`,
      "data-testid": key.replace(".", "-"),
      disabled: !token,
      onclick: (event) => act.press({ label, token }, event.currentTarget),
    },
    drawing === "left" && icon("left"),
    label,
    drawing === "right" && icon("right"),
  );
}
