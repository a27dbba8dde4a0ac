"""Bodies of answers: read up to a limit, also when they come compressed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from exprsn.kernel.errors import TooLarge, UpstreamFailed

DECODED = "gzip, deflate"
_STEP = 64 * 1024


def read_body(chunks: Iterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """All bytes, decoded. Raises ``TooLarge`` ``answer_too_large`` as soon as the limit is passed."""
    return b"".join(pieces_of(chunks, encoding, max_bytes))


def pieces_of(chunks: Iterable[bytes], encoding: str, max_bytes: int) -> Iterator[bytes]:
    """The same in pieces."""
    size = 0
    for part in _decoded(chunks, encoding.strip().lower()):
        size += len(part)
        if size > max_bytes:
            raise TooLarge(f"The answer is larger than {max_bytes} bytes.", code="answer_too_large")
        yield part


def is_decoded(encoding: str) -> bool:
    """Whether ``read_body`` undoes this ``Content-Encoding``."""
    return encoding.strip().lower() in {"gzip", "x-gzip", "deflate"}


def _decoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    if not is_decoded(encoding):
        yield from chunks
        return
    # 47: gzip and zlib headers are both recognised.
    unpacker = zlib.decompressobj(wbits=47)
    try:
        for chunk in chunks:
            waiting = chunk
            while waiting and not unpacker.eof:
                # In steps: a small body can unpack to gigabytes.
                yield unpacker.decompress(waiting, _STEP)
                waiting = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error:
        raise UpstreamFailed("The answer's compression is broken.", code="invalid_answer") from None
