"""Where the files of items are kept, and how much data a run may have."""

from __future__ import annotations

from typing import Any

from config import env
from config.settings.parts.paths import EXPRSN_DATA_DIR

EXPRSN_S3_BUCKET = env.text("EXPRSN_S3_BUCKET")
# So long a file may be there without anybody referring to it: a run under way may be about to.
EXPRSN_FILE_GRACE_SECONDS = env.seconds("EXPRSN_FILE_GRACE_SECONDS", 3600.0)
EXPRSN_FILE_MAX_BYTES = env.integer("EXPRSN_FILE_MAX_BYTES", 256 * 1024 * 1024, minimum=1024)
# Larger payloads of executions go to the storage; they are measured as they are kept, that is packed.
EXPRSN_INLINE_BYTES = env.integer("EXPRSN_INLINE_BYTES", 256 * 1024, minimum=1024)
EXPRSN_ITEM_MAX_BYTES = env.integer("EXPRSN_ITEM_MAX_BYTES", 16 * 1024 * 1024, minimum=1024)
EXPRSN_NODE_MAX_BYTES = env.integer("EXPRSN_NODE_MAX_BYTES", 64 * 1024 * 1024, minimum=1024)
EXPRSN_RUN_MAX_BYTES = env.integer("EXPRSN_RUN_MAX_BYTES", 512 * 1024 * 1024, minimum=1024)
# More items than these leave memory for a file while a run goes on.
EXPRSN_SPILL_ITEMS = env.integer("EXPRSN_SPILL_ITEMS", 10_000, minimum=100)
# For each workflow the newest so many finished executions are kept; 0 keeps them all.
EXPRSN_MAX_EXECUTIONS = env.integer("EXPRSN_MAX_EXECUTIONS", 0)


def _items_storage() -> dict[str, Any]:
    if not EXPRSN_S3_BUCKET:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(EXPRSN_DATA_DIR / "files")},
        }
    options = {
        "bucket_name": EXPRSN_S3_BUCKET,
        "endpoint_url": env.text("EXPRSN_S3_ENDPOINT") or None,
        "region_name": env.text("EXPRSN_S3_REGION") or None,
        "access_key": env.text("EXPRSN_S3_ACCESS_KEY") or None,
        "secret_key": env.text("EXPRSN_S3_SECRET_KEY") or None,
        "location": env.text("EXPRSN_S3_PREFIX"),
        "default_acl": None,
        "querystring_auth": True,
        # What is read is kept in memory up to this size, then on disk.
        "max_memory_size": 1024 * 1024,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "items": _items_storage(),
}
