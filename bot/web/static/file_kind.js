/** What a file's name and size tell, for people to read. */

const FAMILIES = {
  pdf: [".pdf"],
  hangul: [".hwp", ".hwpx"],
  table: [".xlsx", ".xls", ".csv", ".xlsm"],
  words: [".docx", ".doc", ".txt"],
  slides: [".pptx", ".ppt"],
  picture: [".jpg", ".jpeg", ".png", ".gif", ".svg"],
  archive: [".zip"],
};

/** `.hwp` of `보고서.HWP`; empty where the name has none. */
export function extensionOf(name) {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot).toLowerCase() : "";
}

/** The family of kinds, which gives the sheet its colour. */
export function familyOf(name) {
  const extension = extensionOf(name);
  return Object.keys(FAMILIES).find((family) => FAMILIES[family].includes(extension)) ?? "other";
}

/** `820 B`, `12 KB`, `1.4 MB`. */
export function shownSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  if (kilobytes < 1000) return `${Math.ceil(kilobytes)} KB`;
  const megabytes = kilobytes / 1024;
  return `${megabytes < 10 ? megabytes.toFixed(1).replace(/\.0$/, "") : Math.round(megabytes)} MB`;
}

/** Why a file cannot be sent, as a key of the words; null when the server may decide. */
export function faultOf(file, limits) {
  if (file.size === 0) return "upload.empty";
  if (limits.file && file.size > limits.file) return "upload.too_large";
  const kinds = (limits.accept ?? "").split(",").map((kind) => kind.trim().toLowerCase()).filter(Boolean);
  if (kinds.length && !kinds.includes(extensionOf(file.name))) return "upload.kind";
  return null;
}
