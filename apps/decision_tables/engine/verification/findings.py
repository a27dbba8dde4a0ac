"""What a verification says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MAX_FINDINGS = 20
MAX_RULES_NAMED = 50

ERROR, WARNING, INFO = "error", "warning", "info"
PROVED, FOUND, UNDECIDED = "proved", "found", "undecided"
CHECKS = ("gaps", "overlaps", "conflicts", "masked", "duplicates", "unreachable", "types", "unused")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or may be. ``cells`` are ``(rule or None, column)``."""

    kind: str
    severity: str
    message: str
    rules: tuple[str, ...] = ()
    cells: tuple[tuple[str | None, str], ...] = ()
    example: Mapping[str, Any] | None = None
    proposed_rule: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """The finding as the API gives it."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "message": self.message,
            "rules": list(self.rules[:MAX_RULES_NAMED]),
            "cells": [{"rule": rule, "column": column} for rule, column in self.cells[:MAX_RULES_NAMED]],
            "example": None if self.example is None else dict(self.example),
            "proposed_rule": None if self.proposed_rule is None else dict(self.proposed_rule),
        }


@dataclass(slots=True)
class Check:
    """One question and its answer. Without findings it is proved, unless something could not be decided."""

    check: str
    findings: list[Finding] = field(default_factory=list)
    reason: str = ""
    undecided: bool = False
    truncated: bool = False

    @property
    def status(self) -> str:
        """``proved``, ``found`` or ``undecided``."""
        if self.findings:
            return FOUND
        return UNDECIDED if self.undecided else PROVED

    @property
    def is_full(self) -> bool:
        """Whether it has as many findings as are told."""
        return len(self.findings) >= MAX_FINDINGS

    def add(self, finding: Finding) -> bool:
        """Take a finding if there is room; says whether there was."""
        if self.is_full:
            self.truncated = True
            return False
        self.findings.append(finding)
        return True

    def leave_open(self, reason: str) -> None:
        """Say that not everything could be decided, and why."""
        self.undecided = True
        self.reason = self.reason or reason

    def as_json(self) -> dict[str, str]:
        """The check as the API gives it."""
        return {"check": self.check, "status": self.status, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Verification:
    """The answers to all checks."""

    checks: tuple[Check, ...]
    elapsed_ms: float

    @property
    def findings(self) -> list[Finding]:
        """All findings, errors first."""
        found = [finding for check in self.checks for finding in check.findings]
        return sorted(found, key=lambda finding: (ERROR, WARNING, INFO).index(finding.severity))

    @property
    def status(self) -> str:
        """``findings``, else ``undecided`` where a check is, else ``ok``."""
        if any(check.findings for check in self.checks):
            return "findings"
        return "undecided" if any(check.undecided for check in self.checks) else "ok"

    def of(self, check: str) -> Check:
        """The answer to one check."""
        return next(each for each in self.checks if each.check == check)

    def as_json(self) -> dict[str, Any]:
        """The verification as the API gives it."""
        return {
            "status": self.status,
            "checks": [check.as_json() for check in self.checks],
            "findings": [finding.as_json() for finding in self.findings],
            "elapsed_ms": self.elapsed_ms,
            "truncated": any(check.truncated for check in self.checks),
        }
