/** How a place to type behaves: Enter sends, and the box grows with what is written. */

/** Calls `send` on Enter, never while a syllable is still being put together, nor with Shift. */
export function onEnter(input, send) {
  input.addEventListener("keydown", (event) => {
    // Safari ends the composition before this event; only the old key code 229 still tells.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  });
}

/** Makes `area` as high as its words; the style sheet sets the most. */
export function grow(area) {
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  };
  area.addEventListener("input", fit);
  requestAnimationFrame(fit);
  return fit;
}
