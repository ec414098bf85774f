/** Asks once more before something that cannot be undone. */

import { h } from "./dom.js";

let count = 0;

/** True when the person goes on. The first focus is on the way out, and Esc is one. */
export function ask(root, { question, yes, no, danger }) {
  count += 1;
  const id = `question-${count}`;
  const style = danger ? "danger" : "primary";
  const dialog = h(
    "dialog",
    { class: "ask", role: "alertdialog", "aria-labelledby": id, "data-testid": "confirm" },
    h(
      "form",
      { method: "dialog" },
      h("p", { id }, question),
      h(
        "div",
        { class: "buttons" },
        h("button", { class: "button", value: "no", autofocus: true, "data-testid": "confirm-no" }, no),
        h("button", { class: "button", value: "yes", "data-style": style, "data-testid": "confirm-yes" }, yes),
      ),
    ),
  );
  root.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
