"""Files on Telegram: sent once, known by identifiers, fetched by addresses that run out."""

from __future__ import annotations

import hashlib
import itertools
import mimetypes
import unicodedata
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from tests.kit.telegram.clock import Clock
from tests.kit.telegram.refusals import Json, Refused, bad_request

LARGEST_DOWNLOAD = 20 * 1024 * 1024
LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024
ADDRESS_LIVES = 3600.0
"""Seconds an address of getFile is promised to work for; here it works no longer than promised."""
NOT_IN_NAMES = set("<>:\"/\\|?*&`'")


@dataclass(frozen=True)
class StoredFile:
    """A file as Telegram keeps it."""

    file_id: str
    unique_id: str
    name: str
    content: bytes
    folder: str

    def described(self) -> Json:
        """What every kind of file says of itself."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }

    def as_document(self) -> Json:
        kind = mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        return self.described() | {"file_name": self.name, "mime_type": kind}

    def as_photo(self) -> list[Json]:
        """The largest size of a picture; smaller ones are left out."""
        return [self.described() | {"width": 1280, "height": 960}]


@dataclass
class Files:
    """Everything that was uploaded, by people or by the bot."""

    clock: Clock
    _by_id: dict[str, StoredFile] = field(default_factory=dict)
    _addresses: dict[str, tuple[StoredFile, float]] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def keep(self, content: bytes, name: str, folder: str = "documents") -> StoredFile:
        """A file as it was sent."""
        number = next(self._numbers)
        unique_id = hashlib.sha256(content).hexdigest()[:15]
        stored = StoredFile(f"BQACAgUAAxkBAA{number:06}{unique_id}", unique_id, name, content, folder)
        self._by_id[stored.file_id] = stored
        return stored

    def known(self, file_id: str) -> StoredFile:
        """The file of an identifier.

        Raises:
            Refused: there is none.
        """
        if file_id not in self._by_id:
            raise bad_request("wrong remote file identifier specified: can't unserialize it")
        return self._by_id[file_id]

    def address(self, stored: StoredFile) -> str:
        """A path the file can be fetched from for an hour.

        Raises:
            Refused: bots may not fetch files as large as this.
        """
        if len(stored.content) > LARGEST_DOWNLOAD:
            raise bad_request("file is too big")
        number = int(stored.file_id[14:20])
        path = f"{stored.folder}/file_{number}{PurePosixPath(stored.name).suffix}"
        self._addresses[path] = stored, self.clock.monotonic() + ADDRESS_LIVES
        return path

    def fetch(self, path: str) -> bytes:
        """The content at an address.

        Raises:
            Refused: there is nothing there, or no longer.
        """
        stored, ends = self._addresses.get(path, (None, 0.0))
        if stored is None or self.clock.monotonic() > ends:
            raise Refused(404, "Not Found")
        return stored.content


def cleaned_name(name: str) -> str:
    """The name a document of a bot goes by: some signs are lost, 64 characters and an extension of 16 are kept."""
    path = PurePosixPath(name.replace("\\", "/"))
    stem, suffix = _cleaned_part(path.stem, 64), _cleaned_part(path.suffix[1:], 16)
    return f"{stem}.{suffix}" if stem and suffix else stem or suffix or "file"


def _cleaned_part(part: str, longest: int) -> str:
    kept = ""
    for sign in part:
        if not _is_kept(sign):
            if unicodedata.category(sign)[0] in "MC":
                continue
            sign = " "
        if kept or sign not in " .":
            kept += sign
        if len(kept) == longest:
            break
    return kept.rstrip(" .")


def _is_kept(sign: str) -> bool:
    if sign < "\x7f":
        return sign >= " " and sign not in NOT_IN_NAMES
    return unicodedata.category(sign)[0] in "LN"
