"""Writes OLE compound files: just enough of the format for a HWP document or an old Excel file.

Version 3 of [MS-CFB]: 512-byte sectors, streams under 4,096 bytes in 64-byte mini sectors.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5


@dataclass
class _Node:
    name: str
    kind: int
    data: bytes = b""
    children: list[_Node] = field(default_factory=list)
    number: int = 0
    start: int = _END


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams; a slash in a name makes a storage."""
    root, nodes = _tree(streams)
    body, fat, mini, mini_fat = bytearray(), list[int](), bytearray(), list[int]()
    for node in nodes:
        if node.kind == _STREAM and node.data:
            small = len(node.data) < _CUTOFF
            node.start = _append(mini, mini_fat, node.data, _MINI) if small else _append(body, fat, node.data)
    root.data = bytes(mini)
    root.start = _append(body, fat, root.data) if mini else _END
    packed_mini_fat = b"".join(struct.pack("<I", link) for link in mini_fat)
    first_mini_fat = _append(body, fat, packed_mini_fat, _SECTOR, b"\xff") if mini_fat else _END
    first_directory = _append(body, fat, b"".join(_directory_entry(node, nodes) for node in nodes))
    fat_sectors = 1
    while (len(fat) + fat_sectors) * 4 > fat_sectors * _SECTOR:
        fat_sectors += 1
    first_fat = len(fat)
    fat += [_FAT] * fat_sectors
    body += b"".join(struct.pack("<I", link) for link in fat).ljust(fat_sectors * _SECTOR, b"\xff")
    mini_fat_sectors = -(-len(packed_mini_fat) // _SECTOR)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0,
        fat_sectors, first_directory, 0, _CUTOFF, first_mini_fat, mini_fat_sectors, _END, 0, first_fat,
    )  # fmt: skip
    header += struct.pack(
        "<108I", *range(first_fat + 1, first_fat + fat_sectors), *[_FREE] * (109 - fat_sectors)
    )
    return header[:_SECTOR] + bytes(body)


def _tree(streams: Mapping[str, bytes]) -> tuple[_Node, list[_Node]]:
    root = _Node("Root Entry", _ROOT)
    nodes = {"": root}
    for path, data in streams.items():
        parent = ""
        *storages, name = path.split("/")
        for storage in storages:
            inner = f"{parent}/{storage}"
            if inner not in nodes:
                nodes[inner] = _Node(storage, _STORAGE)
                nodes[parent].children.append(nodes[inner])
            parent = inner
        nodes[f"{parent}/{name}"] = _Node(name, _STREAM, data)
        nodes[parent].children.append(nodes[f"{parent}/{name}"])
    for number, node in enumerate(nodes.values()):
        node.number = number
        node.children.sort(key=lambda child: (len(child.name), child.name.upper()))
    return root, list(nodes.values())


def _append(body: bytearray, links: list[int], data: bytes, sector: int = _SECTOR, pad: bytes = b"\0") -> int:
    """Puts `data` into sectors at the end of `body` and chains them; the number of the first."""
    first, count = len(links), -(-len(data) // sector)
    body += data.ljust(count * sector, pad)
    links += [*range(first + 1, first + count), _END]
    return first


def _directory_entry(node: _Node, nodes: list[_Node]) -> bytes:
    """128 bytes; siblings hang one to the right of the other, which readers take as they take any tree."""
    name = node.name.encode("utf-16-le") + b"\0\0"
    parent = next((one for one in nodes if node in one.children), None)
    following = parent.children[parent.children.index(node) + 1 :] if parent else []
    right = following[0].number if following else _FREE
    child = node.children[0].number if node.children else _FREE
    size = len(node.data)
    start = 0 if node.kind == _STORAGE else node.start
    return struct.pack(
        "<64sHBBIII16x4x8x8xIQ", name, len(name), node.kind, 1, _FREE, right, child, start, size
    )
