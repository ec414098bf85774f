/** The one input inside a screen. What is written here is said, as if it were typed below. */

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { grow, onEnter } from "../typing.js";

const LONG = 100;

/**
 * A small form of one input and one button.
 * @param kind number, text, date or search; @param value what stands there first; @param describedBy ids of hint and error.
 */
export function answerForm({ name, label, kind, value, longest, unit, describedBy, invalid, placeholder, button = "check", act }) {
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
    h("span", { class: "answer-box" }, input, unit && h("span", { class: "unit", "aria-hidden": "true" }, unit)),
    h(
      "button",
      { type: "submit", class: "button icon-button", "data-style": "primary", "data-testid": "answer-send" },
      icon(button),
      h("span", { class: "spoken" }, act.words.say(button === "search" ? "menu.search" : "form.answer")),
    ),
  );
  onEnter(input, () => form.requestSubmit());
  return form;
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
