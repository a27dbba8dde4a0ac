"""Names that people give to things, kept from turning the text around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

if TYPE_CHECKING:
    _Text = models.CharField[str, str]
else:
    _Text = models.CharField  # has no type parameters when it runs

# What embeds, overrides or isolates a direction: without its end the rest of a line would be shown backwards.
# The marks that only order the letters of a mixed name (U+200E, U+200F, U+061C) stay.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def without_directions(name: str) -> str:
    """The name without characters that change the direction of what follows; never empty because of that."""
    if _DIRECTIONS.search(name) is None:
        return name
    return _DIRECTIONS.sub("", name) or "\ufffd"


class _Stripped(DeferredAttribute):
    """Strips a name as soon as it is given to a row, so that nobody sees it otherwise before it is saved."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        name = without_directions(value) if isinstance(value, str) else value
        instance.__dict__[self.field.attname] = name


class NameField(_Text):
    """A text that stands on pages among other words. To migrations it is the ``CharField`` that it is."""

    descriptor_class = _Stripped

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return without_directions(prepared) if isinstance(prepared, str) else prepared

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
