"""Production: nothing insecure by default; system checks refuse what is left open."""

from __future__ import annotations

from config.settings.base import *

DEBUG = False
EXPRSN_PRODUCTION = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
