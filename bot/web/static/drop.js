/** Files dropped onto a pane or pasted into it. */

/** `overlay` is shown while files hover over `root`; `onFiles` gets the files, and whether a folder was among them. */
export function acceptFiles(root, overlay, onFiles) {
  let depth = 0;
  const show = (change) => {
    depth = Math.max(0, depth + change);
    overlay.hidden = depth === 0;
  };
  root.addEventListener("dragenter", (event) => hasFiles(event) && show(1));
  root.addEventListener("dragleave", (event) => hasFiles(event) && show(-1));
  root.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  root.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    show(-depth);
    const { files, folders } = sorted(event.dataTransfer);
    onFiles(files, folders);
  });
  root.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || isWords(event.clipboardData)) return;
    event.preventDefault();
    onFiles(files, false);
  });
}

/** A file let go beside every pane must not make the browser leave the page. */
export function guardPage() {
  for (const name of ["dragover", "drop"]) {
    window.addEventListener(name, (event) => hasFiles(event) && event.preventDefault());
  }
}

function hasFiles(event) {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}

/** Words copied from Excel or Hangul come with a picture of themselves: the words are meant. */
function isWords(clipboard) {
  return clipboard.types.includes("text/plain") && clipboard.types.includes("text/html");
}

function sorted(transfer) {
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const isFolder = (item) => item.webkitGetAsEntry?.()?.isDirectory ?? false;
  const files = items.filter((item) => !isFolder(item)).map((item) => item.getAsFile()).filter(Boolean);
  return { files, folders: files.length < items.length };
}
