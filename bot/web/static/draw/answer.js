/** The one input inside a screen. What is written here is said, as if it were typed below. */

import { h, spoken } from "../dom.js";
import { icon } from "../icons.js";
import { grow, onEnter } from "../typing.js";

const LONG = 100;

/**
 * A small form of one input and one button. `asked`: name, label, kind (number, text, date or search), value (what
 * stands there first), longest, unit, placeholder, describedBy (ids of hint and error), invalid, button (a drawing).
 */
export function answerForm(asked, act) {
  const { name, label, kind, value, longest, unit, placeholder, describedBy, invalid, button = "check" } = asked;
  const attributes = {
    name,
    "aria-label": label,
    "aria-describedby": describedBy,
    "aria-invalid": invalid ? "true" : null,
    "data-answer": name,
    "data-focus": `answer:${name}`,
    "data-first": value,
    "data-testid": "answer-input",
    placeholder,
    autocomplete: "off",
    maxlength: longest,
  };
  const input = inputFor(kind, attributes, longest);
  input.value = value;
  const form = h(
    "form",
    { class: "answer", "data-kind": kind, onsubmit: (event) => submit(event, input, act) },
    h("span", { class: "answer-box" }, input, unit && unitOf(unit)),
    h(
      "button",
      { type: "submit", class: "button icon-button", "data-style": "primary", "data-testid": "answer-send" },
      icon(button),
      spoken(act.words.say(button === "search" ? "menu.search" : "form.answer")),
    ),
  );
  onEnter(input, () => form.requestSubmit());
  return form;
}

/** The label speaks the unit already. */
function unitOf(unit) {
  return h("span", { class: "unit", "aria-hidden": "true" }, unit);
}

function inputFor(kind, attributes, longest) {
  if (kind === "text" && (longest ?? Infinity) > LONG) {
    const area = h("textarea", { ...attributes, rows: "2" });
    grow(area);
    return area;
  }
  if (kind === "date") return h("input", { ...attributes, type: "date", maxlength: null });
  const keyboard = kind === "number" ? "decimal" : kind === "search" ? "search" : "text";
  return h("input", { ...attributes, type: "text", inputmode: keyboard });
}

function submit(event, input, act) {
  event.preventDefault();
  if (input.value.trim()) act.say(input.value.trim(), input);
  else input.focus();
}
