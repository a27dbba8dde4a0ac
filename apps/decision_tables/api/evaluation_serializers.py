"""Shapes of evaluations, verifications and statistics."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.decision_tables.api.fields import ObjectField, ObjectsField
from apps.decision_tables.api.version_field import VersionField
from apps.decision_tables.contracts import PUBLISHED
from apps.decision_tables.selectors.statistics import MAX_DAYS


class _HowSerializer(serializers.Serializer[Any]):
    version = VersionField(required=False, default=PUBLISHED, help_text="By default what is published.")
    explain = serializers.BooleanField(required=False, default=False, help_text="With a trace of every rule.")


class EvaluateTableSerializer(_HowSerializer):
    """What to evaluate."""

    inputs = ObjectField(help_text="Values by the name of the input column.")


class EvaluateTableBatchSerializer(_HowSerializer):
    """What to evaluate, row by row: at most 10,000."""

    inputs = ObjectsField(help_text="For each row values by the name of the input column.")


class TableMatchSerializer(serializers.Serializer[Any]):
    """A rule that matched."""

    rule_id = serializers.CharField()
    outputs = ObjectField()


class TracedTableConditionSerializer(serializers.Serializer[Any]):
    """A condition, the value that it was compared with, and whether it held."""

    column = serializers.CharField()
    operator = serializers.CharField(required=False)
    feel = serializers.CharField(required=False)
    value = serializers.JSONField(required=False, allow_null=True)
    input = serializers.JSONField(required=False, allow_null=True)
    held = serializers.BooleanField(allow_null=True)


class TracedTableRuleSerializer(serializers.Serializer[Any]):
    """A rule and its conditions."""

    rule_id = serializers.CharField()
    matched = serializers.BooleanField()
    conditions = TracedTableConditionSerializer(many=True)


class TableTraceSerializer(serializers.Serializer[Any]):
    """What became of each rule."""

    rules = TracedTableRuleSerializer(many=True)


class TableAnswerSerializer(serializers.Serializer[Any]):
    """What a table answers."""

    matched = serializers.BooleanField()
    outputs = ObjectField(help_text="Values by the name of the output column.")
    rule_ids = serializers.ListField(child=serializers.CharField(), help_text="The rules that the outputs come from.")
    all_matches = TableMatchSerializer(many=True, required=False)
    trace = TableTraceSerializer(required=False)


class TableEvaluationSerializer(TableAnswerSerializer):
    """What a table answers, and which version of it. `version` is a number, or `draft`."""

    version = VersionField()
    table = serializers.CharField()


class TableRowErrorSerializer(serializers.Serializer[Any]):
    """Why a row has no answer; see docs/errors.md."""

    code = serializers.CharField()
    message = serializers.CharField()
    # A serializer has an attribute of this name too; declared fields are kept apart from attributes.
    errors = ObjectField()  # type: ignore[assignment]


class TableRowSerializer(serializers.Serializer[Any]):
    """The answer for a row, or its `error`."""

    index = serializers.IntegerField()
    matched = serializers.BooleanField(required=False)
    outputs = ObjectField(required=False)
    rule_ids = serializers.ListField(child=serializers.CharField(), required=False)
    all_matches = TableMatchSerializer(many=True, required=False)
    trace = TableTraceSerializer(required=False)
    error = TableRowErrorSerializer(required=False)


class TableBatchAnswerSerializer(serializers.Serializer[Any]):
    """The answers for all rows, in their order."""

    results = TableRowSerializer(many=True)
    version = VersionField()
    table = serializers.CharField()


class VerifyTableSerializer(serializers.Serializer[Any]):
    """What to verify; nothing means the draft."""

    document = ObjectField(required=False, help_text="A whole document, kept or not.")
    version = VersionField(required=False)


class TableCheckSerializer(serializers.Serializer[Any]):
    """How one check went: `proved`, `found` or `undecided` within its time."""

    check = serializers.CharField()
    status = serializers.CharField()
    reason = serializers.CharField(required=False, allow_blank=True)


class TableCellSerializer(serializers.Serializer[Any]):
    """A cell of the table."""

    rule = serializers.CharField()
    column = serializers.CharField()


class TableFindingSerializer(serializers.Serializer[Any]):
    """Something that is wrong, or may be."""

    kind = serializers.CharField()
    severity = serializers.CharField()
    message = serializers.CharField()
    rules = serializers.ListField(child=serializers.CharField())
    cells = TableCellSerializer(many=True)
    example = ObjectField(allow_null=True)
    proposed_rule = ObjectField(allow_null=True)


class TableVerificationSerializer(serializers.Serializer[Any]):
    """What verification found."""

    status = serializers.CharField(help_text="`ok`, `findings` or `undecided`.")
    checks = TableCheckSerializer(many=True)
    findings = TableFindingSerializer(many=True)
    elapsed_ms = serializers.FloatField()
    truncated = serializers.BooleanField()


class TableStatsQuerySerializer(serializers.Serializer[Any]):
    """Of how many days, and of which version: by default of all that was published."""

    days = serializers.IntegerField(min_value=1, max_value=MAX_DAYS, default=7)
    version = VersionField(required=False)


class TableLatencySerializer(serializers.Serializer[Any]):
    """In milliseconds; null when nothing was evaluated."""

    mean = serializers.FloatField(allow_null=True)
    max = serializers.FloatField(allow_null=True)


class TableBucketSerializer(serializers.Serializer[Any]):
    """One hour, or one day when more than two are asked for."""

    start = serializers.DateTimeField()
    evaluations = serializers.IntegerField()
    no_match = serializers.IntegerField()
    errors = serializers.IntegerField()  # type: ignore[assignment]
    latency_ms = serializers.FloatField()


class RuleHitsSerializer(serializers.Serializer[Any]):
    """How often a rule was part of an answer, in all and in each bucket; rules of the draft that never were, too."""

    rule_id = serializers.CharField()
    hits = serializers.IntegerField()
    series = serializers.ListField(child=serializers.IntegerField())


class TableStatsSerializer(serializers.Serializer[Any]):
    """How a table was used."""

    days = serializers.IntegerField()
    evaluations = serializers.IntegerField()
    no_match = serializers.IntegerField()
    errors = serializers.IntegerField()  # type: ignore[assignment]
    latency_ms = TableLatencySerializer()
    series = TableBucketSerializer(many=True)
    rules = RuleHitsSerializer(many=True)
