"""Whoever lost the right to effects is stopped where the bytes would leave."""

from __future__ import annotations

import pytest

from exprsn.kernel.effects import EffectRefused, effects_checked_by, require_effect


def refuse() -> None:
    raise EffectRefused


def test_the_nearest_check_is_asked_and_none_is_free() -> None:
    asked: list[str] = []
    require_effect()
    with effects_checked_by(refuse):
        with effects_checked_by(lambda: asked.append("inner")):
            require_effect()
        with pytest.raises(EffectRefused):
            require_effect()
    require_effect()
    assert asked == ["inner"]
