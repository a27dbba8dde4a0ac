"""Headers that narrow what a browser may do with our pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
ADMIN_PREFIX = "/admin/"
_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
_POLICY = "Content-Security-Policy"
# The stock admin: own files only, no nonces.
_ADMIN_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# What is no page runs nothing.
_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"


class SecurityHeadersMiddleware:
    """What Django's own security middleware does not set, and the policies of the admin and of the API."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        response.setdefault("X-Content-Type-Options", "nosniff")
        response.setdefault("X-Frame-Options", "DENY")
        response.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        response.setdefault("Permissions-Policy", _PERMISSIONS)
        if request.path.startswith(ADMIN_PREFIX):
            response.setdefault(_POLICY, _ADMIN_POLICY)
        elif not response.get("Content-Type", "").startswith("text/html"):
            response.headers[_POLICY] = _DATA_POLICY
        return response
