"""Wait: for a time, until a time, for a call, for a form."""

from __future__ import annotations

from apps.workflows.interchange.n8n.converting import Converted, Source, converts
from apps.workflows.interchange.n8n.forms import after_sending, form_fields
from apps.workflows.interchange.n8n.reading import Reader, Unmapped
from apps.workflows.interchange.n8n.webhooks import METHODS
from exprsn.kernel.jsonvalue import JsonObject

_AUTH = {"none": "none", "basicAuth": "basic", "headerAuth": "header"}
_CREDENTIALS = {"basic": "httpBasicAuth", "header": "httpHeaderAuth"}
# What belongs to one way of waiting and is left over in exports of another.
_OF_TIME = ("amount", "unit", "dateTime")
_OF_CALLS = ("httpMethod", "responseCode", "responseMode", "responseData", "responseBinaryPropertyName")
_OF_FORMS = ("formTitle", "formDescription", "formFields", "defineForm", "jsonOutput")
_OF_LIMITS = ("limitWaitTime", "limitType", "resumeAmount", "resumeUnit", "maxDateAndTime")


@converts("wait")
def convert_wait(source: Source) -> Converted:
    """The Wait node by what ends it."""
    resume = source.parameters.fixed("resume", "timeInterval", "timeInterval", "specificTime", "webhook", "form")
    if resume == "webhook":
        return _for_a_call(source)
    if resume == "form":
        return _for_a_form(source)
    source.parameters.ignore(
        *_OF_TIME, *_OF_CALLS, *_OF_FORMS, *_OF_LIMITS, "options", "incomingAuthentication", "authentication"
    )
    return _until(source.parameters) if resume == "specificTime" else _for_a_while(source)


def _until(parameters: Reader) -> Converted:
    moment = parameters.text("dateTime")
    if not moment:
        raise Unmapped("The node does not say until when to wait.")
    return Converted("wait", {"mode": "until", "until": moment})


def _for_a_while(source: Source) -> Converted:
    newer = source.version >= 1.1
    unit = source.parameters.text("unit", "seconds" if newer else "hours")
    amount = source.parameters.value("amount", 5 if newer else 1)
    return Converted("wait", {"mode": "duration", "amount": amount, "unit": unit})


def _for_a_call(source: Source) -> Converted:
    parameters, options = source.parameters, source.parameters.inner("options")
    parameters.ignore(*_OF_TIME, *_OF_FORMS)
    warnings = []
    if parameters.text("responseMode", "onReceived") != "onReceived":
        warnings.append("The call that resumes the run is answered at once.")
    left_out = [name for name in ("ipWhitelist", "rawBody", "responseHeaders") if options.value(name)]
    warnings += [f"The option {name} was left out." for name in left_out]
    options.ignore("ignoreBots", "binaryData", "binaryPropertyName", "noResponseBody", "responseContentType")
    parameters.ignore("responseData", "responseBinaryPropertyName")
    method = str(parameters.value("httpMethod", "GET")).upper()
    if method not in METHODS:
        raise Unmapped("The method of the call is not fixed.")
    auth = _auth(parameters, "incomingAuthentication", "authentication")
    made: JsonObject = {
        "mode": "webhook",
        "methods": [method],
        "auth": auth,
        "suffix": _suffix(options),
        "response_code": parameters.number("responseCode", 200),
        "response_data": options.text("responseData"),
        **_limit(parameters),
    }
    credentials = {auth: _CREDENTIALS[auth]} if auth != "none" else {}
    return Converted("wait", made, credentials=credentials, warnings=warnings)


def _for_a_form(source: Source) -> Converted:
    parameters, options = source.parameters, source.parameters.inner("options")
    parameters.ignore(*_OF_TIME, *_OF_CALLS)
    if _auth(parameters, "incomingAuthentication", "authentication") != "none":
        raise Unmapped("A form that asks for credentials is not supported.")
    parameters.fixed("defineForm", "fields", "fields")
    parameters.ignore("jsonOutput")
    warnings: list[str] = []
    if _suffix(options):
        warnings.append("The address of the form has no end of its own.")
    options.ignore("ignoreBots", "ipWhitelist", "appendAttribution", "useWorkflowTimezone", "customCss")
    made: JsonObject = {
        "mode": "form",
        "title": parameters.text("formTitle"),
        "description": parameters.text("formDescription"),
        "fields": [*form_fields(parameters, warnings)],
        "submit_label": options.text("buttonLabel"),
        **after_sending(options),
        **_limit(parameters),
    }
    return Converted("wait", made, warnings=warnings)


def _auth(parameters: Reader, *names: str) -> str:
    chosen = [parameters.fixed(name, "none", *_AUTH) for name in names]
    return next((_AUTH[one] for one in chosen if one != "none"), "none")


def _suffix(options: Reader) -> str:
    return options.text("webhookSuffix").strip("/")


def _limit(parameters: Reader) -> JsonObject:
    amount, unit = parameters.value("resumeAmount", 1), parameters.text("resumeUnit", "hours")
    kind = parameters.fixed("limitType", "afterTimeInterval", "afterTimeInterval", "atSpecifiedTime")
    moment = parameters.text("maxDateAndTime")
    if not parameters.flag("limitWaitTime"):
        return {}
    if kind == "atSpecifiedTime":
        return {"limit_wait_time": True, "limit_type": "at", "limit_until": moment}
    return {"limit_wait_time": True, "limit_type": "after", "limit_amount": amount, "limit_unit": unit}
