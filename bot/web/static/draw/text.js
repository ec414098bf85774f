/** Text as the server gives it: lines of spans, each plain, bold, code or a link. */

import { h } from "../dom.js";

/** A block of lines; an empty line is a gap. Null where there is nothing to say. */
export function drawText(text) {
  if (!text?.some((line) => line.some((span) => wordsOf(span)))) return null;
  return h("div", { class: "text" }, text.map((line) => h("p", {}, drawLine(line))));
}

/** The spans of one line. */
export function drawLine(spans) {
  return (spans ?? []).map(drawSpan);
}

/** A line as bare words. */
export function plain(spans) {
  return (spans ?? []).map(wordsOf).join("");
}

function drawSpan(span) {
  const inside = "b" in span ? h("strong", {}, span.b) : "c" in span ? h("code", {}, span.c) : span.t;
  const address = allowed(span.href);
  if (!address) return inside;
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, inside);
}

function wordsOf(span) {
  return span.b ?? span.c ?? span.t ?? "";
}

/** The address when it may be followed: a path of this server, or https. Null for anything else. */
export function allowed(address) {
  if (typeof address !== "string" || !address) return null;
  try {
    const url = new URL(address, location.origin);
    const here = url.origin === location.origin && address.startsWith("/");
    return here || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}
