/** The parts that several screens share: badge, buttons, files. */

import { h, spoken } from "../dom.js";
import { shownSize } from "../file_kind.js";
import { fileIcon, icon } from "../icons.js";
import { allowed } from "./text.js";

/** A state in a word or two, with its tone. */
export function drawBadge(badge, act) {
  if (!badge) return null;
  return h(
    "span",
    { class: "badge", "data-tone": badge.tone, "data-testid": "badge" },
    spoken(act.words.say("badge.state")),
    badge.label,
  );
}

/** The row of buttons under a screen. */
export function drawButtons(buttons, act) {
  if (!buttons?.length) return null;
  return h("div", { class: "buttons" }, buttons.map((button) => drawButton(button, act)));
}

export function drawButton(button, act, content = [button.label]) {
  return h(
    "button",
    {
      type: "button",
      class: "button",
      "data-style": button.style ?? "plain",
      "data-focus": `button:${button.label}`,
      "data-testid": "button",
      onclick: (event) => act.press(button, event.currentTarget),
    },
    content,
  );
}

/** A picture, which leads to itself in full size. */
export function drawPicture(file) {
  const address = allowed(file?.href);
  if (!address) return null;
  const alt = file.name.replace(/\.\w+$/, "");
  return h(
    "a",
    { class: "picture", href: address, download: file.name, "data-testid": "picture" },
    h("img", { src: address, alt, loading: "lazy", decoding: "async", width: "960", height: "540" }),
  );
}

/** Files to take away; one without an address is only named. */
export function drawFiles(files, act) {
  if (!files?.length) return null;
  return h("ul", { class: "files" }, files.map((file) => h("li", {}, drawFile(file, act))));
}

/** One file: a link where it may be taken. */
export function drawFile(file, act) {
  const address = allowed(file.href);
  const parts = [
    fileIcon(file.name),
    h(
      "span",
      { class: "file-words" },
      h("span", { class: "file-name" }, file.name),
      Number.isFinite(file.size) && h("span", { class: "file-size" }, shownSize(file.size)),
    ),
  ];
  if (!address) return h("span", { class: "file", "data-testid": "file" }, parts);
  return h(
    "a",
    { class: "file", href: address, download: file.name, "data-testid": "file", "data-focus": `file:${file.reference}` },
    parts,
    spoken(act.words.say("file.download")),
    icon("download"),
  );
}
