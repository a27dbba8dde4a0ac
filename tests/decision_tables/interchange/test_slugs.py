"""Names of tables made of labels."""

from __future__ import annotations

import pytest

from apps.decision_tables.interchange.slugs import slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Größe (cm) – „Länge“", "grosse-cm-lange"),
        ("Tarif Übergröße", "tarif-ubergrosse"),
        ("STRASSE GROẞ", "strasse-gross"),
        ("Smørrebrød Łódź Æble cœur", "smorrebrod-lodz-aeble-coeur"),
        ("İstanbul ışık", "istanbul-isik"),
        ("m² ﬁne", "m2-fine"),
        ("a_b -- c__d_", "a_b-c-d"),
        ("Цена", ""),
    ],
)
def test_no_letter_is_lost(text: str, name: str) -> None:
    assert slug(text) == name
