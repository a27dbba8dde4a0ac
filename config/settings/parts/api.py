"""The HTTP API: DRF and its OpenAPI document."""

from __future__ import annotations

from typing import Any

from config import env

EXPRSN_BODY_MAX_BYTES = env.integer("EXPRSN_BODY_MAX_BYTES", 16 * 1024 * 1024, minimum=1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = EXPRSN_BODY_MAX_BYTES
EXPRSN_THROTTLING = env.flag("EXPRSN_THROTTLING", True)
EXPRSN_RATE_ANONYMOUS = env.text("EXPRSN_RATE_ANONYMOUS", "100/min")
EXPRSN_RATE_TOKEN = env.text("EXPRSN_RATE_TOKEN", "1000/min")
EXPRSN_RATE_CODE = env.text("EXPRSN_RATE_CODE", "10/min")

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.accounts.api.authentication.TokenAuthentication",
        "apps.accounts.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["apps.core.api.json.StrictJsonParser"],
    "DEFAULT_RENDERER_CLASSES": ["apps.core.api.json.OrjsonRenderer"],
    "DEFAULT_PAGINATION_CLASS": "apps.core.api.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "apps.core.api.schema.ApiSchema",
    "EXCEPTION_HANDLER": "apps.core.api.errors.exception_handler",
    "DEFAULT_THROTTLE_CLASSES": [
        "apps.core.api.throttles.AnonymousThrottle",
        "apps.core.api.throttles.TokenThrottle",
    ],
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    # ``?format=`` belongs to the endpoints (export formats), not to the framework.
    "URL_FORMAT_OVERRIDE": None,
}

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Exprsn API",
    "DESCRIPTION": "Workflows, credentials, people: everything that the screens do, for programs.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATIONS": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "WorkflowStatusEnum": "apps.workflows.constants.WorkflowStatus",
        "ExecutionStatusEnum": "apps.workflows.constants.ExecutionStatus",
        "NodeStatusEnum": "apps.workflows.constants.NodeStatus",
        "ApprovalStatusEnum": "apps.workflows.constants.ApprovalStatus",
        "FeelKindEnum": "apps.decision_tables.services.feel_checks.KINDS",
        "KindEnum": "apps.connections.constants.CredentialKind",
        "FormFieldTypeEnum": "apps.pages.contracts.fields.FIELD_TYPE_CHOICES",
        "FormResponseModeEnum": "apps.pages.constants.ResponseMode",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "apps.core.api.schema.add_common_parts",
    ],
}
