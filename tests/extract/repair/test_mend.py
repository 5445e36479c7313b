"""What the repair leaves out on lines that need no rules, against all of its steps."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentences import SENTENCES

from extract.repair import repair_line, repair_lines, survey
from extract.repair.context import Context
from extract.repair.draft import Draft
from extract.repair.mend import _mend_throughout, mend
from schemas.document import Line

_PRICES = (
    (("clean", 4.0), ("am-all", 0.0)),
    (("clean", 0.0), ("lost-am", 4.0)),
    (("clean", 0.0), ("displaced", 1.0)),
    (("clean", 0.0), ("unmapped", 0.0)),
)
_CONTEXTS = [Context(), *(Context(prices=prices) for prices in _PRICES)]
_CONTEXTS += [Context(prices=_PRICES[2], throughout=frozenset({"displaced"}), spaced_marks=True)]
_CONTEXTS += [Context(prices=((("clean", 4.0), ("lost-am", 0.0))), throughout=frozenset({"lost-am"}))]
_LETTERS = "กขนปมหรลอสิีึุู่้์็ัาำเแ ๆ12.\u200b\u00a0ํ๎É\uf70a\ufffdà¸Ä\u0301"


def _assert_same(text: str, context: Context) -> None:
    quick, thorough = Draft(text), Draft(text)
    mend(quick, context)
    _mend_throughout(thorough, context)
    assert (quick.text, quick.mended()) == (thorough.text, thorough.mended())


@given(st.text(alphabet=_LETTERS, max_size=30), st.sampled_from(_CONTEXTS))
@settings(max_examples=10000, deadline=None)
def test_steps_left_out_would_change_nothing(text: str, context: Context) -> None:
    _assert_same(text, context)


@pytest.mark.parametrize("context", _CONTEXTS)
def test_steps_left_out_would_change_nothing_in_sentences(context: Context) -> None:
    for text in SENTENCES:
        for damaged in (text, text.replace("ำ", "า"), text.replace("า", "ำ"), re.sub("([ก-ฮ])([ิี่้])([ก-ฮ])", r"\1\3\2 ", text)):
            _assert_same(damaged, context)


_PAGES = st.lists(st.one_of(st.sampled_from(SENTENCES), st.text(alphabet=_LETTERS, max_size=20)), max_size=6)


@given(_PAGES, st.sampled_from([None, *_CONTEXTS, Context(utf8=True), Context(mojibake=True), Context(rings=frozenset("Ä"))]))
@settings(max_examples=500, deadline=None)
def test_lines_of_a_page_are_mended_as_each_alone(texts: list[str], context: Context | None) -> None:
    context = context or survey(texts)
    lines = [Line(text=text, printed=text) for text in texts]
    assert repair_lines(lines, context) == tuple(repair_line(line, context) for line in lines)


def test_a_page_of_lines_keeps_what_each_had() -> None:
    first, other = Line(text="ก ินข้าว", printed="ก ินข้าว"), Line(text="กินข้าว", printed="กินข้าว")
    empty = Line(text="", printed="")
    mended = repair_lines([empty, first, empty, other, first], Context())
    assert [line.text for line in mended] == ["", other.text, "", other.text, other.text]
    assert [line.repairs for line in mended[:3:2]] == [(), ()]
    assert mended[3] is other
    assert mended[1] == mended[4]
    assert mended[1].source == (0, *range(2, len(first.text)))
    again = repair_lines([mended[1]], Context())
    assert again == (mended[1],)
