/** Sends one file. XMLHttpRequest, since fetch tells nothing about how far it came. */

/**
 * Begins to send `file` to `address`; `onProgress` hears percent.
 * The promise gives the server's {id, name, size}, or throws {text, again}: text is null where the server said nothing.
 */
export function upload(file, session, onProgress, address = "/files") {
  const request = new XMLHttpRequest();
  request.open("POST", address);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.setRequestHeader("X-File-Name", encodeURIComponent(file.name.normalize("NFC")));
  if (session) request.setRequestHeader("Authorization", `Bearer ${session}`);
  request.upload.onprogress = (event) => event.lengthComputable && onProgress(percent(event));
  const promise = new Promise((resolve, reject) => {
    request.onload = () => {
      if (request.status === 200) resolve(JSON.parse(request.responseText));
      else reject(reason(request));
    };
    request.onerror = () => reject(reason(request));
  });
  request.send(file);
  return { promise, abort: () => request.abort() };
}

function percent(event) {
  return Math.floor((event.loaded / event.total) * 100);
}

/** Cut off, too fast, or the server's own trouble; not a file that is never taken. */
function mayHelpAgain(status) {
  return status === 0 || status === 429 || status >= 500;
}

function reason(request) {
  let text = null;
  try {
    text = JSON.parse(request.responseText).error ?? null;
  } catch {
    // A proxy's page, or nothing at all.
  }
  return { text, again: mayHelpAgain(request.status) };
}
