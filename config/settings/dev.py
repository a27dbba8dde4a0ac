"""The embedded default: what ``make run`` and a bare ``manage.py`` use."""

from __future__ import annotations

from config import env
from config.settings.base import *

DEBUG = env.flag("EXPRSN_DEBUG", False)
