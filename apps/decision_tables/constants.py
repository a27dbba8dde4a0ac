"""Words of the decision tables domain that are stored and shown: public contract, never renamed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class HitPolicy(models.TextChoices):
    """What it means that several rules match."""

    FIRST = "FIRST", _("First: the first rule that matches")
    UNIQUE = "UNIQUE", _("Unique: only one rule may match")
    PRIORITY = "PRIORITY", _("Priority: the most important output")
    ANY = "ANY", _("Any: several may match if they agree")
    COLLECT = "COLLECT", _("Collect: all that match")
    RULE_ORDER = "RULE_ORDER", _("Rule order: all, in the order of rules")
    OUTPUT_ORDER = "OUTPUT_ORDER", _("Output order: all, the most important output first")


class Aggregation(models.TextChoices):
    """What COLLECT makes of the outputs that it collects."""

    LIST = "list", _("List")
    SUM = "sum", _("Sum")
    MIN = "min", _("Smallest")
    MAX = "max", _("Largest")
    COUNT = "count", _("Count")


class ColumnType(models.TextChoices):
    """What the values of a column are."""

    STRING = "string", _("Text")
    NUMBER = "number", _("Number")
    BOOLEAN = "boolean", _("Yes or no")
    DATE = "date", _("Date")
    DATETIME = "datetime", _("Date and time")
    TIME = "time", _("Time")
    DURATION = "duration", _("Duration")
    LIST = "list", _("List")
    ANY = "any", _("Any")


class Operator(models.TextChoices):
    """How a condition compares."""

    EQUAL = "==", _("is")
    NOT_EQUAL = "!=", _("is not")
    GREATER = ">", _("is greater than")
    GREATER_OR_EQUAL = ">=", _("is at least")
    LESS = "<", _("is less than")
    LESS_OR_EQUAL = "<=", _("is at most")
    CONTAINS = "contains", _("contains")
    STARTS_WITH = "startsWith", _("starts with")
    ENDS_WITH = "endsWith", _("ends with")
    IN = "in", _("is one of")
    NOT_IN = "notIn", _("is none of")
    BETWEEN = "between", _("is between")
    NOT_BETWEEN = "notBetween", _("is not between")
    MATCHES = "matches", _("matches the pattern")
    IS_EMPTY = "isEmpty", _("is empty")
    IS_NOT_EMPTY = "isNotEmpty", _("is not empty")
