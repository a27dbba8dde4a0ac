"""Settings of the test suite: the embedded default, or the services that the variables name."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from config.redis_numbers import numbered_redis_url

# Tests that run side by side empty the cache of each other unless every worker has a Redis database of its own.
if os.environ.get("REDIS_URL"):
    os.environ["REDIS_URL"] = numbered_redis_url(os.environ["REDIS_URL"], os.environ.get("PYTEST_XDIST_WORKER", "gw0"))

from config.settings.base import *

DEBUG = False
EXPRSN_DATA_DIR = Path(tempfile.mkdtemp(prefix="exprsn-test-"))
MEDIA_ROOT = EXPRSN_DATA_DIR / "media"
STORAGES["items"]["OPTIONS"]["location"] = str(EXPRSN_DATA_DIR / "files")
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Hints are carried out at once, so that a test sees the end of what it started.
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
EXPRSN_EMBEDDED_WORKER = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads then meet the same locks as in the real product.
    DATABASES["default"]["TEST"] = {"NAME": str(EXPRSN_DATA_DIR / "test.sqlite3")}
# Every test signs people up; a real hash costs a sixth of a second each.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
# A lease is renewed when a test says so: a thread of its own would wait for the transaction that the test is in.
EXPRSN_HEARTBEAT_SECONDS = 3600.0
# What is counted is written at once: a thread would wait for the transaction that the test is in.
EXPRSN_DECISION_STATISTICS_SECONDS = 0.0
