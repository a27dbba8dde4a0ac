"""Who watches what, as this process knows: asked by whoever could publish, before anything is computed."""

from __future__ import annotations

from exprsn.kernel.clock import monotonic

_FOREVER = float("inf")


class Interest:
    """Topic → processes that watch it and until when. Asking is one look into a dictionary."""

    def __init__(self) -> None:
        self._watchers: dict[str, dict[str, float]] = {}

    def is_watched(self, topic: str) -> bool:
        """Whether anybody watches."""
        watchers = self._watchers.get(topic)
        if watchers is None:
            return False
        now = monotonic()
        # A copy made in one step: the listening thread may change the original at any moment.
        if any(until > now for until in list(watchers.values())):
            return True
        self._watchers.pop(topic, None)
        return False

    def note(self, topic: str, process: str, seconds: float = _FOREVER) -> None:
        """A process watches, for so long."""
        watchers = {**self._watchers.get(topic, {}), process: monotonic() + seconds}
        self._watchers[topic] = watchers

    def forget(self, topic: str, process: str) -> None:
        """A process watches no more."""
        watchers = {name: until for name, until in self._watchers.get(topic, {}).items() if name != process}
        if watchers:
            self._watchers[topic] = watchers
        else:
            self._watchers.pop(topic, None)
