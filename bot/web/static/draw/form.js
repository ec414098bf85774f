/** A form: what is answered, what is asked now, what comes later. */

import { h, spoken } from "../dom.js";
import { iconButton } from "../icon_button.js";
import { icon } from "../icons.js";
import { drawFacts } from "./card.js";
import { drawNow } from "./field.js";
import { drawButtons, drawFiles } from "./parts.js";
import { drawText } from "./text.js";

export function drawForm(screen, act) {
  if (!screen.live) return pastForm(screen, act);
  const done = screen.fields.filter((field) => field.state === "done").length;
  return h(
    "div",
    { class: "screen form" },
    h(
      "div",
      { class: "screen-head" },
      h("h3", {}, screen.title),
      screen.fields.length > 1 && progress(done, screen.fields.length, act),
    ),
    drawText(screen.text),
    h("ol", { class: "fields" }, screen.fields.map((field) => drawField(field, act))),
    drawButtons(screen.buttons, act),
  );
}

/** A form that is over: only what was answered. */
function pastForm(screen, act) {
  const answered = screen.fields.filter((field) => field.state === "done" && field.value);
  return h(
    "div",
    { class: "screen form" },
    h("div", { class: "screen-head" }, h("h3", {}, screen.title)),
    drawText(screen.text),
    drawFacts(answered.filter(named).map((field) => [field.label, [{ t: field.value }]])),
    drawFiles(answered.flatMap((field) => field.files ?? []), act),
  );
}

function progress(done, all, act) {
  return h(
    "span",
    { class: "progress" },
    spoken(act.words.say("form.progress", { done, all })),
    h("span", { "aria-hidden": "true" }, `${done} / ${all}`),
  );
}

function drawField(field, act) {
  return h(
    "li",
    {
      class: "field",
      "data-state": field.state,
      "data-field": field.name,
      "data-testid": "form-field",
      "aria-current": field.state === "now" ? "step" : null,
    },
    h("span", { class: "dot", "aria-hidden": "true" }, field.state === "done" && icon("check")),
    h("div", { class: "field-body" }, drawState(field, act)),
  );
}

function drawState(field, act) {
  if (field.state === "now") return drawNow(field, act);
  const label = [h("span", { class: "field-label" }, field.label), !field.required && optional(act)];
  if (field.state === "later") {
    return [h("div", { class: "field-row" }, label, spoken(act.words.say("form.later")))];
  }
  return [
    h(
      "div",
      { class: "field-row" },
      h("div", { class: "field-done" }, label, named(field) && h("span", { class: "field-value" }, field.value)),
      field.edit && editButton(field, act),
    ),
    drawFiles(field.files, act),
  ];
}

/** Whether the answer is told in words; files are shown. */
function named(field) {
  return !field.files?.length;
}

function optional(act) {
  return h("span", { class: "optional" }, act.words.say("form.optional"));
}

function editButton(field, act) {
  const label = act.words.say("form.edit", { label: field.label });
  return iconButton("pencil", label, {
    "data-focus": `edit:${field.name}`,
    "data-testid": "field-edit",
    onclick: (event) => act.press({ label, token: field.edit }, event.currentTarget),
  });
}
