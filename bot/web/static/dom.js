/** Builds elements. What is given as text stays text: nothing here reads HTML. */

const SVG = "http://www.w3.org/2000/svg";

/** `h("p", {class: "hint", onclick: f}, "words", child)`; null, undefined and false are left out. */
export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for a part of a drawing. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

/** Words for those who hear the page. */
export function spoken(text) {
  return h("span", { class: "spoken" }, text);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (isNothing(value)) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => !isNothing(child)));
  return element;
}

function isNothing(value) {
  return value === null || value === undefined || value === false;
}
