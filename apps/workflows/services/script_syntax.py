"""Which expressions are JavaScript: asked of the sandbox, once for each text."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from apps.core.public import check_expressions
from apps.workflows.engine.validation.expressions import Faulty
from exprsn.kernel.errors import DomainError
from exprsn.kernel.expressions import ExpressionError, Script
from exprsn.sandbox.expressions import ScriptFault, ScriptSource

KEPT = 10_000
_Verdict = ScriptFault | None


class ScriptSyntax:
    """Keeps the last verdicts by text, so that a draft which is saved again and again asks nothing anew."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, _Verdict] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, scripts: Sequence[Script]) -> Faulty:
        """The scripts that are no JavaScript. Where the sandbox cannot be asked, tier 1's word counts."""
        verdicts = self._kept(scripts)
        asked = list({script.source: script for script in scripts if script.source not in verdicts}.values())
        if asked:
            verdicts |= self._ask(asked)
        found: dict[Script, ExpressionError] = {}
        for script in scripts:
            if script.source not in verdicts:
                if script.is_doubtful:
                    found[script] = script.refused()
            elif (fault := verdicts[script.source]) is not None:
                found[script] = _error(script, fault)
        return found

    def _kept(self, scripts: Sequence[Script]) -> dict[str, _Verdict]:
        with self._lock:
            return {script.source: self._known[script.source] for script in scripts if script.source in self._known}

    def _ask(self, scripts: Sequence[Script]) -> dict[str, _Verdict]:
        try:
            answers = check_expressions([ScriptSource(script.source, script.lenient) for script in scripts])
        except DomainError:
            return {}  # the sandbox is busy or not to be had: what is wrong shows when it runs
        verdicts = dict(zip([script.source for script in scripts], answers, strict=True))
        with self._lock:
            self._known.update(verdicts)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        return verdicts


def _error(script: Script, fault: ScriptFault) -> ExpressionError:
    if script.is_doubtful:
        return script.refused()
    return script.error(fault.code, fault.message, fault.line, fault.column, in_lenient=fault.in_lenient)


script_syntax = ScriptSyntax()
