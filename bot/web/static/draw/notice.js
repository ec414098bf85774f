/** Something told, with its tone. */

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { drawButtons, drawFiles, drawPicture } from "./parts.js";
import { drawText } from "./text.js";

const ICONS = { waiting: "clock", good: "good", warning: "warning", bad: "alert" };

export function drawNotice(screen, act) {
  const tone = screen.tone in ICONS ? screen.tone : "neutral";
  return h(
    "div",
    { class: "screen notice", "data-tone": tone },
    tone !== "neutral" && icon(ICONS[tone]),
    h(
      "div",
      { class: "notice-body" },
      drawText(screen.text),
      drawPicture(screen.picture),
      drawFiles(screen.files, act),
      screen.live && drawButtons(screen.buttons, act),
    ),
  );
}
