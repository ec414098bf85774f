/** The drawings of the page, all of one hand: 24 units, one line width, the colour of the text around. */

import { svg } from "./dom.js";
import { extensionOf, familyOf } from "./file_kind.js";

const PATHS = {
  attach: "M20.5 11.5 12 20a5.5 5.5 0 0 1-7.8-7.8l8.9-8.9a3.7 3.7 0 0 1 5.2 5.2l-8.8 8.9a1.8 1.8 0 0 1-2.6-2.6l8.1-8.1",
  send: "M12 20V5M5.5 11.5 12 5l6.5 6.5",
  menu: "M4.5 7h15M4.5 12h15M4.5 17h15",
  close: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  pencil: "M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5zM13.5 7l3.5 3.5",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
  alert: "M12 8v5M12 16.3v.2M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
  warning: "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.2",
  good: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8.3 12.3l2.6 2.6 4.8-5",
  again: "M19.5 12a7.5 7.5 0 1 1-2.2-5.3l2.2 2.2M19.5 4.5V9H15",
  download: "M12 4.5v10.5M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14",
  right: "M9.5 6l6 6-6 6",
  left: "M14.5 6l-6 6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  search: "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.8 15.8l4.2 4.2",
  drop: "M12 16V5M7 9.5 12 4.5l5 5M4.5 15v4.5h15V15",
};

/** A drawing that says nothing by itself: its control has a name of its own. */
export function icon(name) {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name] }),
  );
}

/** A sheet with the kind of the file written on it. */
export function fileIcon(name) {
  const extension = extensionOf(name).slice(1, 5).toUpperCase();
  return svg(
    "svg",
    { class: `sheet sheet-${familyOf(name)}`, viewBox: "0 0 32 38", "aria-hidden": "true", focusable: "false" },
    svg("path", { class: "paper", d: "M5 1.5h15.5L29 10v23.5a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3v-29a3 3 0 0 1 3-3z" }),
    svg("path", { class: "fold", d: "M20.5 1.5V8a2 2 0 0 0 2 2H29" }),
    svg("rect", { class: "label", x: "2", y: "19", width: "27", height: "12" }),
    svg("text", { x: "15.5", y: "28", "text-anchor": "middle" }, extension),
  );
}

/** The mark of the bot. */
export function mark() {
  return svg(
    "svg",
    { class: "mark", viewBox: "0 0 32 32", "aria-hidden": "true", focusable: "false" },
    svg("rect", { class: "mark-ground", width: "32", height: "32", rx: "9" }),
    svg("path", { class: "mark-bars", d: "M10 21.5v-4M16 21.5v-8M22 21.5V10" }),
  );
}
