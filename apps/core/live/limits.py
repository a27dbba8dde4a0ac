"""How much a socket may ask for and how much is kept for it."""

from __future__ import annotations

FRAME_BYTES = 64 * 1024
FRAME_DEPTH = 8
FRAMES_PER_SECOND = 20.0
FRAME_BURST = 60.0
MAX_REFUSED = 200
MAX_SUBSCRIPTIONS = 50
MAX_WATCHERS = 1_000
OUTBOX_FRAMES = 256
OUTBOX_BYTES = 1024 * 1024
# A catch-up is sent in pages of about this size, the next when the one before is on its way.
PAGE_BYTES = 256 * 1024
# At most ten messages a second to each watcher.
MERGE_SECONDS = 0.1
# Rooms look at the database by themselves this often: hints may be lost.
LOOK_SECONDS = 2.0
BLOCKED_SECONDS = 10.0
RECHECK_SECONDS = 15.0
WATCH_SECONDS = 15.0
ANNOUNCE_SECONDS = 5.0
MAX_HINTS = 5_000
READERS = 3
ASKERS = 2
