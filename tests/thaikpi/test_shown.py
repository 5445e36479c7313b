"""A value of a turned or skewed scan is placed where it stands on the page as given."""

import pytest

from schemas.document import Box, Page


def test_a_skewed_page_leads_back_within_a_point() -> None:
    """2° about the middle of A4: a point 200 right of the middle lies 7 points lower or higher."""
    page = Page(number=1, width=595, height=842, skew=2.0)
    box = page.shown(Box(497.5, 420, 498.5, 422))
    assert (box.x0 + box.x1) / 2 == pytest.approx(297.5 + 200.5 * 0.9994, abs=0.5)
    assert (box.top + box.bottom) / 2 == pytest.approx(421 + 200.5 * 0.0349, abs=0.5)


def test_an_upright_page_is_not_touched() -> None:
    box = Box(1.005, 2, 3, 4)
    assert Page(number=1, width=595, height=842).shown(box) is box
