"""The hosted forms of an active workflow: opened and closed in the transaction that activates."""

from __future__ import annotations

from apps.accounts.contracts import Actor
from apps.pages.contracts.forms import FormDraft, FormOwnerKey
from apps.pages.public import close_forms, define_form
from apps.workflows.engine.definition import Node
from apps.workflows.models import Workflow, WorkflowVersion
from apps.workflows.serving.forms import OWNER_TYPE, owner_id
from exprsn.kernel.errors import Conflict, InvalidInput


def open_form(workflow: Workflow, version: WorkflowVersion, node: Node, position: int) -> None:
    """Publish a form node's form. Raises ``form_slug_taken`` and ``form_invalid`` with the places in the definition."""
    given = node.parameters
    title = str(given.get("title") or workflow.name)
    draft = FormDraft(
        owner=FormOwnerKey(OWNER_TYPE, owner_id(workflow.id), node.id),
        slug=str(given.get("path") or ""),
        name=workflow.name,
        title=title,
        fields=list(given.get("fields") or []),
        description=str(given.get("description") or ""),
        submit_label=str(given.get("submit_label") or ""),
        thanks=str(given.get("thanks") or ""),
        redirect_url=str(given.get("redirect_url") or ""),
        response_mode=str(given.get("response_mode") or "immediately"),
        owner_data={"version": str(version.id)},
    )
    try:
        define_form(actor=_system(workflow), draft=draft)
    except (Conflict, InvalidInput) as error:
        place = f"definition.nodes[{position}].parameters"
        names = {"slug": "path"}
        error.errors = {f"{place}.{names.get(name, name)}": found for name, found in error.errors.items()}
        raise


def close_forms_of(workflow: Workflow) -> None:
    """Take no more submissions."""
    close_forms(actor=_system(workflow), owner_type=OWNER_TYPE, owner_id=owner_id(workflow.id))


def _system(workflow: Workflow) -> Actor:
    # Whoever activates was checked and audited as doing so; the form is a part of that.
    return Actor.system(workflow.organization_id, "form trigger")
