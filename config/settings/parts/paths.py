"""Where things lie on disk."""

from __future__ import annotations

from pathlib import Path

from config import env

BASE_DIR = Path(__file__).resolve().parents[3]
EXPRSN_DATA_DIR = env.folder("EXPRSN_DATA_DIR", BASE_DIR / "var")
# The health check says not ready when the data folder has less room than this.
EXPRSN_DISK_FREE_BYTES = env.integer("EXPRSN_DISK_FREE_BYTES", 256 * 1024 * 1024)
MEDIA_ROOT = EXPRSN_DATA_DIR / "media"
LOCALE_PATHS = [BASE_DIR / "locale"]
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
