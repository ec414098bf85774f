/** A line may be redrawn while somebody types in it: focus, words, caret and scroll go over to the new drawing. */

/** What the person is doing in `element` now. */
export function remember(element) {
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  const input = element.querySelector("[data-answer]");
  return {
    hadFocus: Boolean(focused),
    focus: focused?.dataset.focus ?? null,
    open: element.querySelector("details")?.open ?? false,
    answer: input && {
      name: input.name,
      value: input.value,
      changed: input.value !== input.dataset.first,
      sent: input.readOnly,
      start: input.selectionStart,
      end: input.selectionEnd,
      scroll: input.scrollTop,
    },
  };
}

/** Puts it into the new drawing. False when the focus had been there and found no place. */
export function restore(element, kept) {
  const input = element.querySelector("[data-answer]");
  const same = Boolean(input) && kept.answer?.name === input.name;
  if (same && keepsWords(input, kept.answer)) input.value = kept.answer.value;
  const details = element.querySelector("details");
  if (details) details.open = kept.open;
  if (!kept.hadFocus) return true;
  const target = find(element, kept.focus) ?? input ?? placeToAnswer(element);
  if (!target) return false;
  target.focus({ preventScroll: true });
  if (same && target === input) restoreCaret(input, kept.answer);
  return true;
}

/** Where the field that is asked now is answered: never on an option itself, since a second Enter would choose it. */
export function placeToAnswer(element) {
  return element.querySelector("[data-state=now] :is([data-answer], .options, .pick)");
}

function keepsWords(input, answer) {
  if (!answer.changed) return false;
  // An answer that was sent and refused comes back from the server; words not sent yet are the person's own.
  return !answer.sent || (input.getAttribute("aria-invalid") === "true" && !input.dataset.first);
}

function restoreCaret(input, answer) {
  if (answer.start === null || input.type === "date") return;
  const whole = answer.sent && input.getAttribute("aria-invalid") === "true";
  if (whole) input.select();
  else input.setSelectionRange(answer.start, answer.end);
  input.scrollTop = answer.scroll;
}

function find(element, focus) {
  return focus && [...element.querySelectorAll("[data-focus]")].find((other) => other.dataset.focus === focus);
}
