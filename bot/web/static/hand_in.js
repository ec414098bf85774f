/** The page behind a one-time link: one file is picked, sent, and on its way into the talk. */

import { faultOf, shownSize } from "./file_kind.js";
import { upload } from "./upload.js";
import { Words } from "./words.js";

const words = Words.ofPage();
const [asking, form, input, error, progress, status] = ["asking", "form", "file", "error", "progress", "status"].map(
  (id) => document.getElementById(id),
);
const button = form.querySelector("button");
// Not said to the browser's picker: a telephone that has never heard of .hwp would not let it be picked.
const { cap, accept } = document.documentElement.dataset;
const limits = { file: Number(cap), accept };

input.addEventListener("change", () => {
  const [file] = input.files;
  const fault = file && faultOf(file, limits);
  error.textContent = fault ? words.say(fault, { limit: shownSize(limits.file), kinds: accept.replaceAll(".", " ").trim() }) : "";
  status.textContent = file && !fault ? `${file.name} · ${shownSize(file.size)}` : "";
  button.disabled = !file || Boolean(fault);
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  busy(true);
  error.textContent = "";
  try {
    await upload(input.files[0], null, showProgress, location.pathname).promise;
    asking.hidden = true;
    status.textContent = words.say("hand_in.done");
  } catch ({ text }) {
    status.textContent = "";
    error.textContent = text ?? words.say("upload.failed");
  }
  busy(false);
});

/** All has been sent before all has been looked into, which takes a while for a large file. */
function showProgress(percent) {
  progress.value = percent;
  status.textContent = percent < 100 ? words.say("hand_in.sending", { percent }) : words.say("hand_in.checking");
}

function busy(is) {
  input.disabled = button.disabled = is;
  progress.hidden = !is;
}
