"""docs/feel-functions.md names every function with its signatures, and its examples are true."""

import re
from pathlib import Path

from apps.decision_tables.engine.feel.builtins.catalogue import FUNCTIONS
from tests.decision_tables.feel_values.examples import wrong

PAGE = (Path(__file__).parents[3] / "docs" / "feel-functions.md").read_text()
SECTIONS = {part.split("\n", 1)[0]: part for part in PAGE.split("\n### ")[1:]}
EXAMPLES = {name: "".join(re.findall(r"```feel\n(.*?)```", part, re.DOTALL)) for name, part in SECTIONS.items()}


def test_every_documented_example_comes_to_what_it_says() -> None:
    assert wrong(line for block in EXAMPLES.values() for line in block.splitlines()) == []


def test_every_function_is_documented_with_examples_and_no_other() -> None:
    assert list(EXAMPLES) == list(SECTIONS)
    assert EXAMPLES.keys() == FUNCTIONS.keys()
    assert [name for name, block in EXAMPLES.items() if f"{name}(" not in block] == []


def test_every_way_to_call_a_function_is_documented() -> None:
    for name, function in FUNCTIONS.items():
        written = {text.replace("?", "") for text in re.findall(r"^`([^`]+)` *$", SECTIONS[name], re.MULTILINE)}
        assert written == {signature.text(name).replace("?", "") for signature in function.signatures}
