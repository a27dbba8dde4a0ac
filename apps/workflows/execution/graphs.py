"""Compiled graphs, one for each sealed version, kept in this process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from uuid import UUID

from apps.workflows.engine.definition import parse_definition
from apps.workflows.engine.graph import Graph
from apps.workflows.models import VersionDocument
from apps.workflows.registry import node_types

KEPT = 256


class GraphCache:
    """Least-recently-used graphs by version id; a sealed version never changes, so nothing goes stale."""

    def __init__(self) -> None:
        self._graphs: OrderedDict[UUID, Graph] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, version_id: UUID) -> Graph:
        """The graph of a version."""
        with self._lock:
            graph = self._graphs.get(version_id)
            if graph is not None:
                self._graphs.move_to_end(version_id)
                return graph
        graph = _compile(version_id)
        with self._lock:
            self._graphs[version_id] = graph
            while len(self._graphs) > KEPT:
                self._graphs.popitem(last=False)
        return graph


def _compile(version_id: UUID) -> Graph:
    document = VersionDocument.objects.get(version_id=version_id)
    return Graph(parse_definition(document.value), node_types.get)


graphs = GraphCache()
