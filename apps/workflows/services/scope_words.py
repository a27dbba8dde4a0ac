"""What is said of the names that every expression may use."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# In the order in which completion offers them.
ROOTS = {
    "$json": _("The data of the item at hand."),
    "$input": _("What arrived: item, first(), last(), all(), params."),
    "$binary": _("The files of the item at hand."),
    "$vars": _("The workflow's variables."),
    "$now": _("This moment, in the workflow's time zone."),
    "$today": _("Midnight of today, in the workflow's time zone."),
    "$itemIndex": _("The position of the item, from 0."),
    "$runIndex": _("How often the node has run before in this execution."),
    "$workflow": _("The workflow: id, name, active."),
    "$execution": _("The execution: id, mode, customData, idempotencyKey."),
    "$trigger": _("The data that started the execution."),
    "$prevNode": _("The node that the items come from: name, outputName, runIndex."),
    "$parameter": _("The parameters of this node, as they are written."),
    "$env": _("The environment variables that the installation lends to expressions."),
}
