"""Keys, hosts, cookies and the content security policy."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF

from config import env
from config.settings.parts.paths import EXPRSN_DATA_DIR
from exprsn.kernel.keptfile import kept_text


def _kept_secret(path: Path) -> str:
    """A secret of this installation, made on first use and readable by its owner only."""
    return kept_text(path, lambda: secrets.token_urlsafe(48))


# The system checks ask of a production that its key is given, the same for all processes.
EXPRSN_SECRET_KEY_GIVEN = bool(env.text("SECRET_KEY"))
SECRET_KEY = env.text("SECRET_KEY") or _kept_secret(EXPRSN_DATA_DIR / "keys" / "secret_key")
ALLOWED_HOSTS = env.words("EXPRSN_ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.words("EXPRSN_TRUSTED_ORIGINS")
# Where people reach this installation; for addresses in what runs by itself, where no request says it.
EXPRSN_PUBLIC_URL = env.text("EXPRSN_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
EXPRSN_TRUSTED_PROXIES = env.integer("EXPRSN_TRUSTED_PROXIES", 0, minimum=0)
EXPRSN_OUTGOING_ALLOW = env.words("EXPRSN_OUTGOING_ALLOW")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# The development server of the islands is another origin, for scripts and for its hot reload.
_vite = env.flag("EXPRSN_VITE_DEV", False)
_dev_origins = ["http://localhost:5173", "ws://localhost:5173"] if _vite else []

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    # The admin's stock scripts carry no nonce: it has a policy of its own, see apps.core.middleware.security.
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [NONCE, "'strict-dynamic'"],
        "style-src": [SELF, NONCE],
        "style-src-attr": [NONE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF, *_dev_origins[:1]],
        "connect-src": [SELF, *_dev_origins],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
