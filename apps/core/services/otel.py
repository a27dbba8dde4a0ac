"""Traces by OpenTelemetry, sent as OTLP over HTTP. Imported only where an endpoint is set.

The SDK reads the standard ``OTEL_*`` variables by itself: service name, resource, sampler, headers, time-outs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import Token
from urllib.parse import urlsplit

from celery import signals
from opentelemetry import context, trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from exprsn.kernel.tracing import TRACEPARENT, Attribute, Kind, Span

_KINDS = {
    "internal": SpanKind.INTERNAL,
    "server": SpanKind.SERVER,
    "client": SpanKind.CLIENT,
    "consumer": SpanKind.CONSUMER,
}
_propagator = TraceContextTextMapPropagator()


class OtelSpan:
    """A span of the SDK that is the current one until it ends."""

    def __init__(self, span: trace.Span) -> None:
        self._span = span
        self._token: Token[Context] | None = context.attach(trace.set_span_in_context(span))

    def rename(self, name: str) -> None:
        self._span.update_name(name)

    def note(self, attributes: Mapping[str, Attribute]) -> None:
        self._span.set_attributes(attributes)

    def fail(self, code: str) -> None:
        self._span.set_attribute("error.type", code)
        self._span.set_status(Status(StatusCode.ERROR))

    def end(self) -> None:
        if self._token is not None:
            context.detach(self._token)
            self._token = None
            self._span.end()


class OtelTracer:
    """The tracer of this process."""

    def __init__(self, endpoint: str) -> None:
        self.provider = TracerProvider(resource=_resource())
        exporter = OTLPSpanExporter(endpoint=_traces_url(endpoint)) if endpoint else OTLPSpanExporter()
        self.provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self.provider.get_tracer("exprsn")
        # A worker's child process ends without the interpreter's usual goodbye.
        signals.worker_process_shutdown.connect(self.flush, weak=False)

    def begin(
        self, name: str, kind: Kind, attributes: Mapping[str, Attribute], parent: str, links: Sequence[str]
    ) -> Span:
        within = _context_of(parent) if parent else None
        found = [trace.get_current_span(_context_of(link)).get_span_context() for link in links]
        started = self._tracer.start_span(
            name,
            within,
            kind=_KINDS[kind],
            attributes=attributes,
            links=[Link(one) for one in found if one.is_valid],
        )
        return OtelSpan(started)

    def traceparent(self) -> str:
        carrier: dict[str, str] = {}
        _propagator.inject(carrier)
        return carrier.get(TRACEPARENT, "")

    def flush(self, **_: object) -> None:
        """Send what waits."""
        self.provider.force_flush(5_000)


def _resource() -> Resource:
    """What the variables say; only the name is ours unless they say one."""
    said = Resource.create()
    is_named = not str(said.attributes.get("service.name", "unknown_service")).startswith("unknown_service")
    return said if is_named else said.merge(Resource({"service.name": "exprsn"}))


def _traces_url(endpoint: str) -> str:
    """An address without a path is that of a collector, which takes traces at the usual place."""
    return endpoint if urlsplit(endpoint).path.strip("/") else f"{endpoint.rstrip('/')}/v1/traces"


def _context_of(traceparent: str) -> Context:
    return _propagator.extract({TRACEPARENT: traceparent}, context=Context())
