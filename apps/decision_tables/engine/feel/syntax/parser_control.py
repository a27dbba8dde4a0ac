"""``if``, ``for``, ``some`` and ``every``."""

from __future__ import annotations

from apps.decision_tables.engine.feel.syntax.nodes import Expression, For, If, Iteration, Quantified
from apps.decision_tables.engine.feel.syntax.parser_primary import PrimaryParser


class ControlParser(PrimaryParser):
    """The expressions that begin with a keyword."""

    def control(self) -> Expression | None:
        """The expression, if a keyword of this kind comes next."""
        if self.at_word("if"):
            return self._if()
        if self.at_word("for"):
            return self._for()
        if self.at_word("some") or self.at_word("every"):
            return self._quantified()
        return None

    def _if(self) -> Expression:
        self.position += 1
        condition = self.expression()
        self.expect_word("then")
        yes = self.expression()
        self.expect_word("else")
        return If(condition, yes, self.expression())

    def _for(self) -> Expression:
        self.position += 1
        with self.scope(["partial"]) as known:
            iterations = [self._iteration()]
            known.add(iterations[0].name)
            while self.accept(","):
                iterations.append(self._iteration())
                known.add(iterations[-1].name)
            self.expect_word("return")
            return For(tuple(iterations), self.expression())

    def _quantified(self) -> Expression:
        every = self.at_word("every")
        self.position += 1
        with self.scope() as known:
            iterations: list[Iteration] = []
            while not iterations or not self.at_word("satisfies"):
                # the comma between iterations may be left out, as in former editions of the standard
                if iterations:
                    self.accept(",")
                iterations.append(self._iteration())
                known.add(iterations[-1].name)
            self.position += 1
            return Quantified(every, tuple(iterations), self.expression())

    def _iteration(self) -> Iteration:
        name = self.name_before("in")
        self.expect_word("in")
        source = self.expression()
        return Iteration(name, source, self.expression() if self.accept("..") else None)
