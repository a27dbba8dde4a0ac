"""The gallery: ready-made workflows to look at, to try and to begin with."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.accounts.contracts import Actor
from apps.accounts.public import Permission, require
from apps.workflows.engine.node_type import NodeType
from apps.workflows.interchange.gallery import TemplateFile, template_files
from apps.workflows.models import Workflow
from apps.workflows.registry import find_node_type
from apps.workflows.services.workflows import create_workflow
from exprsn.kernel.errors import NotFound


class TemplateCategory(models.TextChoices):
    """What an example is about; also the order in which they are shown."""

    WEB = "web", _("Answer calls and forms")
    SCHEDULE = "schedule", _("Run by the clock")
    DATA = "data", _("Clean and combine data")
    FLOW = "flow", _("Loops, calls and failures")


@dataclass(frozen=True, slots=True)
class Template:
    """An example with what its file does not say: ``node_types`` are those that it uses, each once, in their order."""

    file: TemplateFile
    category: TemplateCategory
    node_count: int
    node_types: Sequence[type[NodeType]]


def list_templates(*, actor: Actor, category: str = "", search: str = "") -> list[Template]:
    """The examples, by category and name; narrowed to a category, and to those that have every word searched for."""
    require(actor, Permission.READ)
    order = list(TemplateCategory.values)
    found = [_template(file) for file in template_files().values() if category in {"", file.category}]
    fitting = [template for template in found if _has_words(template, search)]
    return sorted(fitting, key=lambda template: order.index(template.category))


def get_template(*, actor: Actor, slug: str) -> Template:
    """One example, or ``template_not_found``."""
    require(actor, Permission.READ)
    file = template_files().get(slug)
    if file is None:
        raise NotFound("There is no example of this name.", code="template_not_found")
    return _template(file)


def use_template(*, actor: Actor, slug: str, name: str = "") -> Workflow:
    """A new workflow that is a copy of the example; its webhooks and forms get addresses that nobody else has."""
    template = get_template(actor=actor, slug=slug)
    return create_workflow(
        actor=actor,
        name=name or template.file.name,
        description=template.file.description,
        definition=_with_own_addresses(template.file.definition, secrets.token_hex(3)),
        message=f"From the example “{template.file.name}”",
    )


def _template(file: TemplateFile) -> Template:
    types = list(_working_types(file.definition))
    unique = tuple({found.type: found for found in types}.values())
    return Template(file, TemplateCategory(file.category), len(types), unique)


def _working_types(definition: Mapping[str, Any]) -> Iterator[type[NodeType]]:
    """The type of each node, from left to right; notes are no nodes."""
    for node in sorted(definition["nodes"], key=lambda node: node["position"]["x"]):
        found = find_node_type(node["type"])
        if found is not None and not found.inert:
            yield found


def _has_words(template: Template, search: str) -> bool:
    names = " ".join(str(found.display_name) for found in template.node_types)
    text = f"{template.file.name} {template.file.description} {template.category.label} {names}".lower()
    return all(word in text for word in search.lower().split())


def _with_own_addresses(definition: Mapping[str, Any], ending: str) -> dict[str, Any]:
    """A copy whose web addresses end in their own way, in the notes that tell of them too.

    An address belongs to one active workflow of the whole installation: a second copy could not be activated.
    """
    text = json.dumps(definition)
    for path in sorted(_addresses(definition)):
        text = text.replace(path, f"{path}-{ending}")
    copy: dict[str, Any] = json.loads(text)
    return copy


def _addresses(definition: Mapping[str, Any]) -> set[str]:
    return {node["parameters"]["path"] for node in definition["nodes"] if "path" in node["parameters"]}
