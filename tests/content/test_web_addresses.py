"""Addresses behind links: what a telephone is given to dial."""

from __future__ import annotations

import pytest

from handoutpress.content.models.web_addresses import dialled_number


@pytest.mark.parametrize(
    ("phone", "dialled"),
    [("01632 960 999", "01632960999"), ("+44 1632 960001", "+441632960001"), ("(503) 555-0142", "(503)555-0142")],
)
def test_a_number_is_dialled_without_its_spaces(phone: str, dialled: str) -> None:
    assert dialled_number(phone) == dialled
