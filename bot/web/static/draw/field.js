/** The field that is asked now, with its hint, its error and its way to answer. */

import { h, spoken } from "../dom.js";
import { iconButton } from "../icon_button.js";
import { icon } from "../icons.js";
import { answerForm } from "./answer.js";
import { drawFile } from "./parts.js";

let drawn = 0;

/** Every part of an open field. */
export function drawNow(field, act) {
  drawn += 1;
  const ids = { hint: `hint-${drawn}`, error: `error-${drawn}` };
  const describedBy = [field.error && ids.error, field.hint && ids.hint].filter(Boolean).join(" ") || null;
  return [
    h(
      "div",
      { class: "field-row" },
      h("span", { class: "field-label" }, field.label),
      !field.required && h("span", { class: "optional" }, act.words.say("form.optional")),
    ),
    field.hint && h("p", { class: "hint", id: ids.hint }, field.hint),
    input(field, describedBy, act),
    field.error && drawError(field.error, ids.error, act),
  ];
}

function drawError(error, id, act) {
  return h(
    "p",
    { class: "error", id, "data-testid": "field-error" },
    icon("alert"),
    h("span", {}, spoken(act.words.say("form.error")), error),
  );
}

function input(field, describedBy, act) {
  if (field.kind === "choice") return drawOptions(field, describedBy, act);
  if (field.kind === "files") return drawFilesField(field, describedBy, act);
  const asked = {
    name: field.name,
    label: field.unit ? `${field.label} (${field.unit})` : field.label,
    kind: field.kind,
    value: startOf(field),
    longest: field.longest,
    unit: field.unit,
    describedBy,
    invalid: Boolean(field.error),
  };
  return answerForm(asked, act);
}

/** What stands in the input first; a date picker takes nothing but a whole date. */
function startOf(field) {
  const raw = field.raw ?? "";
  return field.kind === "date" && !/^\d{4}-\d{2}-\d{2}$/.test(raw) ? "" : raw;
}

function drawOptions(field, describedBy, act) {
  return h(
    "div",
    { class: "options", role: "group", tabindex: "-1", "aria-label": field.label, "aria-describedby": describedBy },
    (field.options ?? []).map((option) =>
      h(
        "button",
        {
          type: "button",
          class: "button option",
          "data-chosen": option.label === field.value,
          "data-focus": `option:${option.label}`,
          "data-testid": "option",
          onclick: (event) => act.press(option, event.currentTarget),
        },
        option.label,
      ),
    ),
  );
}

function drawFilesField(field, describedBy, act) {
  const files = field.files ?? [];
  return h(
    "div",
    { class: "files-field" },
    files.length > 0 && h("ul", { class: "files" }, files.map((file) => keptFile(file, act))),
    h(
      "button",
      {
        type: "button",
        class: "pick",
        "data-focus": `pick:${field.name}`,
        "data-testid": "field-pick",
        "aria-describedby": describedBy,
        onclick: () => act.pick(),
      },
      icon("drop"),
      h("span", { class: "pick-label" }, act.words.say("form.pick")),
      h("span", { class: "hint pick-hint" }, act.words.say("form.pick_hint")),
      field.most && h("span", { class: "count" }, `${files.length} / ${field.most}`),
    ),
  );
}

function keptFile(file, act) {
  const label = act.words.say("file.remove", { name: file.name });
  const remove = iconButton("close", label, {
    "data-focus": `remove:${file.id}`,
    "data-testid": "file-remove",
    onclick: (event) => act.press({ label, token: file.remove }, event.currentTarget),
  });
  return h("li", {}, drawFile(file, act), file.remove && remove);
}
