/** The demo: the people of one city side by side, and a clock that can be moved. */

import { h } from "./dom.js";
import { guardPage } from "./drop.js";
import { Messenger } from "./messenger.js";
import { Tabs } from "./tabs.js";
import { Words } from "./words.js";

const DAYS = { day: 1, week: 7 };
const words = Words.ofPage();
const clock = document.getElementById("clock");
const note = document.getElementById("note");
const panes = document.getElementById("panes");
const tabs = new Tabs(document.getElementById("tabs"), words);
/** As many as fit side by side: who comes after them shares the last place. */
const PLACES = 4;
const shared = { place: null, tabs: null };

guardPage();
for (const [name, days] of Object.entries(DAYS)) {
  document.getElementById(`clock-${name}`).addEventListener("click", (event) => pass(days, event.currentTarget));
}
await begin();

async function begin() {
  try {
    const { now, people, words: first } = await answer(fetch("/demo/state"));
    clock.textContent = now;
    if (people.length) {
      document.getElementById("hint").textContent = words.say("demo.hint", { ...people[0], words: first });
    }
    if (people.length > PLACES) addSharedPlace();
    people.forEach(addPane);
  } catch {
    note.textContent = words.say("demo.failed");
  }
}

function addSharedPlace() {
  const list = h("div", { class: "switch", role: "tablist", "aria-label": tabs.element.getAttribute("aria-label") });
  shared.place = h("div", { class: "place" }, list);
  shared.tabs = new Tabs(list, words, "in-front");
}

function addPane(person, index) {
  const pane = h("section", {
    id: `pane-${index + 1}`,
    class: "pane",
    "data-person": person.role,
    "aria-label": `${person.role}: ${person.name} ${person.title}`,
  });
  const isShared = shared.place && index >= PLACES - 1;
  if (isShared) {
    panes.append(shared.place);
    shared.place.append(pane);
    shared.tabs.add(person.role, pane);
  } else panes.append(pane);
  tabs.add(person.role, pane);
  new Messenger(pane, {
    session: person.session,
    account: `demo.${person.role}.${person.name}`,
    words: Words.ofPage(),
    onArrival: () => {
      tabs.arrived(pane);
      if (isShared) shared.tabs.arrived(pane);
    },
    onClock: (now) => {
      clock.textContent = now;
    },
  }).start();
}

async function pass(days, button) {
  if (button.getAttribute("aria-disabled") === "true") return;
  passing(true);
  note.textContent = words.say("demo.passing");
  try {
    const headers = { "Content-Type": "application/json" };
    const { now } = await answer(fetch("/demo/clock", { method: "POST", headers, body: JSON.stringify({ days }) }));
    clock.textContent = now;
    note.textContent = "";
  } catch {
    note.textContent = words.say("demo.failed");
  }
  passing(false);
}

/** One at a time: neither button works while the clock is being moved. */
function passing(isPassing) {
  for (const name of Object.keys(DAYS)) {
    document.getElementById(`clock-${name}`).setAttribute("aria-disabled", String(isPassing));
  }
}

async function answer(request) {
  const response = await request;
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}
