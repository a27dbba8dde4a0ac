"""Static files and the built islands."""

from __future__ import annotations

from typing import Any

from config import env
from config.settings.parts.paths import BASE_DIR, EXPRSN_DATA_DIR

STATIC_URL = env.text("EXPRSN_STATIC_URL", "/static/")
STATIC_ROOT = EXPRSN_DATA_DIR / "static"
# Whitenoise wants the folder to be there, also where files are served from their sources.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

DJANGO_VITE: dict[str, Any] = {
    "default": {
        "dev_mode": env.flag("EXPRSN_VITE_DEV", False),
        "manifest_path": BASE_DIR / "static" / "dist" / ".vite" / "manifest.json",
        "static_url_prefix": "dist",
    }
}

# The gallery of components at /_design/.
EXPRSN_DESIGN_GALLERY = env.flag("EXPRSN_DESIGN_GALLERY", env.flag("EXPRSN_DEBUG", False))
