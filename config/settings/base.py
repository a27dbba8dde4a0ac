"""Settings that hold in every mode; each concern is one file in ``parts``."""

from __future__ import annotations

from config.settings.parts.accounts import *
from config.settings.parts.api import *
from config.settings.parts.apps import *
from config.settings.parts.cache import *
from config.settings.parts.celery import *
from config.settings.parts.database import *
from config.settings.parts.decision_tables import *
from config.settings.parts.files import *
from config.settings.parts.forms import *
from config.settings.parts.frontend import *
from config.settings.parts.logging import *
from config.settings.parts.metrics import *
from config.settings.parts.paths import *
from config.settings.parts.security import *
from config.settings.parts.tracing import *
from config.settings.parts.workflows import *

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
