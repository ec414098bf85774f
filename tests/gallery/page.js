// Draws the web's column with the web messenger's own modules, each screen in a tree of its own.
const sheet = new CSSStyleSheet();
sheet.replaceSync(`${WEB_STYLE}\n.messenger { container: messenger / inline-size; background: transparent; min-height: 0; }`);

// Stands for a picture, which is not kept here.
const PICTURE = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 540" width="960" height="540"><rect width="960" height="540" fill="#fff"/>' +
    '<path d="M80 140H900" stroke="#1F2933" stroke-width="3" stroke-dasharray="18 9"/><path d="M380 280L520 330" stroke="#0072B2" stroke-width="6"/>' +
    '<path d="M520 330L880 310" stroke="#D55E00" stroke-width="4" stroke-dasharray="6 6"/></svg>',
)}`;

for (const host of document.querySelectorAll(".web")) {
  const texts = WORDS[host.dataset.locale];
  const say = (key, values = {}) => (texts[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
  const act = { words: { say }, press() {}, say() {}, pick() {} };
  const messenger = document.createElement("div");
  messenger.className = "messenger";
  messenger.append(modules["draw/line.js"].drawLine(LINES[Number(host.dataset.line)], act));
  for (const picture of messenger.querySelectorAll(".picture img")) picture.src = PICTURE;
  const tree = host.attachShadow({ mode: "open" });
  tree.adoptedStyleSheets = [sheet];
  tree.append(messenger);
}
