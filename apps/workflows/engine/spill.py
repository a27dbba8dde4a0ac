"""Items in a file instead of memory: blocks of rows, read a block at a time.

A block is a header (packed length, JSON length, number of rows, flags) and a compressed JSON list of rows; a row is
``[json, pairs, binary, error]`` without nulls at its end, ``pairs`` a number where it is one item of the first input.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import struct
import tempfile
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, overload

import orjson

from apps.workflows.engine.data_limits import check_item, check_output, limits
from apps.workflows.engine.item import Item, Pair

BLOCK_ROWS = 512
BLOCK_BYTES = 256 * 1024
_HEADER = struct.Struct("<IIIB")
# Rows that only Python's own JSON keeps as they are: integers beyond 64 bits, halves of characters.
_EXACT, _UNPAIRED, _FAILED = 1, 2, 4
Opener = Callable[[], BinaryIO]


class _File:
    """A file that nobody else can find and that is gone with the last who holds it."""

    __slots__ = ("fileno",)

    def __init__(self, fileno: int) -> None:
        self.fileno = fileno

    def __del__(self) -> None:
        os.close(self.fileno)


def _nameless() -> _File:
    fileno, path = tempfile.mkstemp(prefix="items-", dir=limits.folder())
    Path(path).unlink()
    return _File(fileno)


@dataclass(slots=True)
class _Index:
    """Where each block begins, in the file and in the batch."""

    offsets: array[int] = field(default_factory=lambda: array("Q"))
    starts: array[int] = field(default_factory=lambda: array("Q"))
    count: int = 0
    size: int = 0
    flags: int = 0

    def add(self, offset: int, rows: int, raw: int, flags: int) -> None:
        self.offsets.append(offset)
        self.starts.append(self.count)
        self.count += rows
        self.size += raw
        self.flags |= flags


class SpilledItems(Sequence[Item]):
    """The items of a file. Those of the block that was read last stay at hand."""

    __slots__ = ("_cached", "_file", "_index", "_opener", "flags", "kept_as", "size", "total")

    def __init__(
        self, total: int, size: int, flags: int, file: tuple[_File, _Index] | None = None, opener: Opener | None = None
    ) -> None:
        self.total = total
        self.size = size
        self.flags = flags
        self.kept_as: Any = None  # how whoever keeps it elsewhere refers to it
        self._file: _File | None = None
        self._index = _Index()
        if file is not None:
            self._file, self._index = file
        self._opener = opener
        self._cached: tuple[int, list[Item]] = (-1, [])

    @property
    def all_paired(self) -> bool:
        """Whether every item says where it came from."""
        return not self.flags & _UNPAIRED

    @property
    def any_failed(self) -> bool:
        """Whether an item carries an error."""
        return bool(self.flags & _FAILED)

    def __len__(self) -> int:
        return self.total

    def __iter__(self) -> Iterator[Item]:
        self._open()
        for number in range(len(self._index.starts)):
            yield from self._block(number)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> list[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | list[Item]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(self.total))]
        at = index + self.total if index < 0 else index
        if not 0 <= at < self.total:
            raise IndexError(index)
        self._open()
        number = bisect_right(self._index.starts, at) - 1
        return self._block(number)[at - self._index.starts[number]]

    def raw(self) -> Iterator[bytes]:
        """The bytes of the file, in pieces."""
        file, offset = self._open(), 0
        while piece := os.pread(file.fileno, BLOCK_BYTES, offset):
            offset += len(piece)
            yield piece

    def _block(self, number: int) -> list[Item]:
        cached = self._cached
        if cached[0] == number:
            return cached[1]
        file, offset = self._open(), self._index.offsets[number]
        packed, _, _, flags = _HEADER.unpack(os.pread(file.fileno, _HEADER.size, offset))
        items = _items(zlib.decompress(os.pread(file.fileno, packed, offset + _HEADER.size)), flags)
        self._cached = (number, items)
        return items

    def _open(self) -> _File:
        if self._file is None:
            assert self._opener is not None
            with self._opener() as stream:
                file = _own_file(stream)
            self._index = _indexed(file)
            self._file = file
        return self._file


class SpillWriter:
    """Writes items to a file. Raises ``DataTooLarge``."""

    __slots__ = ("_file", "_flags", "_index", "_offset", "_rows", "_waiting")

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self._file = _nameless()
        self._index = _Index()
        self._offset = 0
        self._rows: list[bytes] = []
        self._waiting = 0
        self._flags = 0
        for item in items:
            self.add(item)

    def add(self, item: Item) -> None:
        """Write one more."""
        row, exact = _row(item)
        check_item(len(row), self._index.count + len(self._rows))
        self._flags |= exact | (_UNPAIRED if item.paired is None else 0) | (_FAILED if item.error is not None else 0)
        self._rows.append(row)
        self._waiting += len(row)
        if len(self._rows) >= BLOCK_ROWS or self._waiting >= BLOCK_BYTES:
            self._flush()

    def finish(self) -> SpilledItems:
        """All that was written."""
        if self._rows:
            self._flush()
        index = self._index
        return SpilledItems(index.count, index.size, index.flags & ~_EXACT, (self._file, index))

    def _flush(self) -> None:
        raw = b"[" + b",".join(self._rows) + b"]"
        packed = zlib.compress(raw, 1)
        header = _HEADER.pack(len(packed), self._waiting, len(self._rows), self._flags)
        with open(self._file.fileno, "wb", closefd=False) as file:
            file.seek(self._offset)
            file.write(header + packed)
        self._index.add(self._offset, len(self._rows), self._waiting, self._flags)
        self._offset += len(header) + len(packed)
        self._rows, self._waiting, self._flags = [], 0, 0
        check_output(self._index.size)


def first_items(stream: BinaryIO, most: int) -> list[Item]:
    """The first items of a file of this kind; no more of it is read than needed."""
    found: list[Item] = []
    while len(found) < most and (header := stream.read(_HEADER.size)):
        packed, _, _, flags = _HEADER.unpack(header)
        found += _items(zlib.decompress(stream.read(packed)), flags)
    return found[:most]


def _own_file(stream: BinaryIO) -> _File:
    """The file behind a stream, or a copy of what has none on disk."""
    inner = getattr(stream, "file", stream)
    if isinstance(inner, io.BufferedReader):
        return _File(os.dup(inner.fileno()))
    copy = _nameless()
    with open(copy.fileno, "wb", closefd=False) as target:
        shutil.copyfileobj(stream, target, BLOCK_BYTES)
    return copy


def _indexed(file: _File) -> _Index:
    index, offset = _Index(), 0
    while header := os.pread(file.fileno, _HEADER.size, offset):
        packed, raw, rows, flags = _HEADER.unpack(header)
        index.add(offset, rows, raw, flags)
        offset += len(header) + packed
    return index


def _row(item: Item) -> tuple[bytes, int]:
    row: list[Any] = [item.json, _pairs_data(item.paired), item.binary, item.error]
    while len(row) > 1 and row[-1] is None:
        row.pop()
    try:
        return orjson.dumps(row, option=orjson.OPT_NON_STR_KEYS), 0
    except TypeError:
        return json.dumps(row).encode(), _EXACT


def _items(raw: bytes, flags: int) -> list[Item]:
    rows = json.loads(raw) if flags & _EXACT else orjson.loads(raw)
    return [_item(*row) for row in rows]


def _item(data: Any, pairs: Any = None, binary: Any = None, error: Any = None) -> Item:
    if isinstance(pairs, int):
        return Item(data, binary, (Pair(pairs),), error)
    return Item(data, binary, None if pairs is None else tuple(Pair(*pair) for pair in pairs), error)


def _pairs_data(pairs: tuple[Pair, ...] | None) -> Any:
    if pairs is None:
        return None
    if len(pairs) == 1 and pairs[0].input == 0:
        return pairs[0].item
    return [[pair.item, pair.input] for pair in pairs]
