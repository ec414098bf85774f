"""A zip opened with suspicion: its list is checked against its bytes before anything is unpacked."""

from __future__ import annotations

import re
import stat
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from .budget import Budget, inflated
from .faults import Fault, Reason

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
# Bits of a zip entry's flags: encrypted, strongly encrypted, its list encrypted.
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_UTF8_NAME = 0x0800
_LOCAL_HEADER = struct.Struct("<4s2xHH16xHH")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_PIECE = 64 * 1024
_WHOLE = 64 * 1024 * 1024


@dataclass(frozen=True)
class Entry:
    """One file in a zip: where its bytes are and what they should unpack to."""

    name: str
    start: int
    packed: int
    size: int
    crc: int
    deflated: bool


class Archive:
    """The files in a zip, in the order of its list. Fault where the list cannot be trusted."""

    def __init__(self, file: BinaryIO, budget: Budget) -> None:
        self._file = file
        self._budget = budget
        directory = ZipFile(file)
        infos = directory.infolist()
        budget.spend_entries(len(infos))
        listed = [(info, self._entry(info)) for info in infos]
        _refuse_overlaps(listed, directory.start_dir)
        self.entries = [entry for info, entry in listed if not info.is_dir()]
        if not self.entries:
            raise Fault(Reason.EMPTY_ZIP)
        self.by_name = {entry.name: entry for entry in self.entries}
        alike = {unicodedata.normalize("NFC", name).casefold() for name in self.by_name}
        if len(alike) < len(self.entries):
            raise Fault(Reason.INCONSISTENT_ZIP)

    def chunks(self, entry: Entry) -> Iterator[bytes]:
        """The file unpacked piece by piece; Fault where it is not what the list says."""
        packed = self._packed(entry)
        size = crc = 0
        for piece in inflated(packed, self._budget) if entry.deflated else packed:
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            yield piece
        if (size, crc) != (entry.size, entry.crc):
            raise Fault(Reason.DAMAGED)

    def read(self, entry: Entry) -> bytes:
        """The whole file, which must fit in memory."""
        whole = bytearray()
        for piece in self.chunks(entry):
            whole += piece
            if len(whole) > _WHOLE:
                raise Fault(Reason.BOMB)
        return bytes(whole)

    def _packed(self, entry: Entry) -> Iterator[bytes]:
        for position in range(entry.start, entry.start + entry.packed, _PIECE):
            self._file.seek(position)
            yield self._file.read(min(_PIECE, entry.start + entry.packed - position))

    def _entry(self, info: ZipInfo) -> Entry:
        name = _name(info)
        _refuse_unsafe(name, info)
        self._file.seek(info.header_offset)
        header = self._file.read(_LOCAL_HEADER.size)
        signature, flags, method, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        local_name = self._file.read(name_length).decode("utf-8" if flags & _UTF8_NAME else "cp437")
        if (info.flag_bits | flags) & _ENCRYPTED:
            raise Fault(Reason.ENCRYPTED)
        if (signature, method, local_name) != (_LOCAL_SIGNATURE, info.compress_type, info.orig_filename):
            raise Fault(Reason.INCONSISTENT_ZIP)
        if method not in (ZIP_STORED, ZIP_DEFLATED):
            raise Fault(Reason.ODD_COMPRESSION)
        start = info.header_offset + _LOCAL_HEADER.size + name_length + extra_length
        return Entry(name, start, info.compress_size, info.file_size, info.CRC, method == ZIP_DEFLATED)


def _name(info: ZipInfo) -> str:
    """The name with forward slashes; Korean Windows writes it in CP949 and does not say so."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            name = name.encode("cp437").decode("cp949")
        except UnicodeError:
            name = info.orig_filename
    return name.replace("\\", "/")


def _refuse_unsafe(name: str, info: ZipInfo) -> None:
    absolute = name.startswith("/") or re.match("[A-Za-z]:", name)
    if absolute or ".." in name.split("/") or any(unicodedata.category(sign) == "Cc" for sign in name):
        raise Fault(Reason.UNSAFE_PATH, name=name)
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Fault(Reason.LINK, name=name)


def _refuse_overlaps(listed: list[tuple[ZipInfo, Entry]], list_start: int) -> None:
    """Each entry must begin after the one before has ended, the first at the very start of the file."""
    free_from = 0
    for info, entry in sorted(listed, key=lambda one: one[0].header_offset):
        if info.header_offset < free_from or (free_from == 0 and info.header_offset != 0):
            raise Fault(Reason.INCONSISTENT_ZIP)
        if info.is_dir() and entry.size:
            raise Fault(Reason.INCONSISTENT_ZIP)
        free_from = entry.start + entry.packed
    if free_from > list_start:
        raise Fault(Reason.INCONSISTENT_ZIP)
