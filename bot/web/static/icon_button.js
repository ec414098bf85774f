/** A button that is only a drawing: its name is spoken, and shown under the mouse. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

export function iconButton(drawing, label, attributes) {
  return h(
    "button",
    { type: "button", class: "button icon-button quiet", title: label, "aria-label": label, ...attributes },
    icon(drawing),
  );
}
