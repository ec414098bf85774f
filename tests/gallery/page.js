// Draws the web's column with the web messenger's own modules, each screen in a tree of its own.
const sheet = new CSSStyleSheet();
sheet.replaceSync(`${WEB_STYLE}\n.messenger { container: messenger / inline-size; background: transparent; min-height: 0; }`);

for (const host of document.querySelectorAll(".web")) {
  const texts = WORDS[host.dataset.locale];
  const say = (key, values = {}) => (texts[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
  const act = { words: { say }, press() {}, say() {}, pick() {} };
  const messenger = document.createElement("div");
  messenger.className = "messenger";
  messenger.append(modules["draw/line.js"].drawLine(LINES[Number(host.dataset.line)], act));
  const tree = host.attachShadow({ mode: "open" });
  tree.adoptedStyleSheets = [sheet];
  tree.append(messenger);
}
