/** Facts and decisions about one subject. */

import { h } from "../dom.js";
import { drawBadge, drawButtons, drawFiles } from "./parts.js";
import { drawLine, drawText } from "./text.js";

export function drawCard(screen, act) {
  return h(
    "div",
    { class: "screen card" },
    h("div", { class: "screen-head" }, h("h3", {}, screen.title), drawBadge(screen.badge, act)),
    drawText(screen.prompt),
    drawFacts(screen.facts),
    drawText(screen.text),
    drawFiles(screen.files, act),
    screen.live && drawButtons(screen.buttons, act),
  );
}

/** A table of what is what. */
export function drawFacts(facts) {
  if (!facts?.length) return null;
  return h(
    "dl",
    { class: "facts" },
    facts.map(([label, line]) => h("div", {}, h("dt", {}, label), h("dd", {}, drawLine(line)))),
  );
}
