"""`thaikpi normalize TEXT`: which dates and quantities a text holds; with --jsonl a line of JSON for a line of JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from thaikpi.errors import Exit, UserError

if TYPE_CHECKING:
    from schemas.values import Found


class Line(msgspec.Struct):
    """A line of standard input: the narrative and the fiscal year (BE) of its report."""

    text: str
    fiscal_year_be: int | None = None


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("text", nargs="*", metavar="TEXT", help="a narrative; standard input when absent")
    parser.add_argument("--fiscal-year", type=_fiscal_year, metavar="YEAR", help="the report's fiscal year, e.g. 2564")
    parser.add_argument("--jsonl", action="store_true", help='read lines {"text", "fiscal_year_be"}, print one for each')


def _fiscal_year(text: str) -> int:
    from normalize.fiscal import read_fiscal_year

    year = read_fiscal_year(text)
    if not isinstance(year, int):
        raise argparse.ArgumentTypeError(f"ไม่ใช่ปีงบประมาณ / not a fiscal year: {text!r}")
    return year


def run(options: argparse.Namespace) -> int:
    """Prints what was read. Exit code 0 also when a text holds nothing."""
    if options.jsonl:
        for line in _answers(sys.stdin.buffer, options.fiscal_year):
            sys.stdout.buffer.write(line)
        sys.stdout.flush()
        return int(Exit.OK)
    text = " ".join(options.text) if options.text else sys.stdin.buffer.read().decode("utf-8", errors="replace")
    print(_pretty(text, options.fiscal_year, options.lang))
    return int(Exit.OK)


def _answers(lines: BinaryIO, fiscal_year_be: int | None) -> Iterable[bytes]:
    """{"dates": […], "quantities": […]} for each line; a blank line is passed over."""
    from normalize.meanings import read_meanings

    decoder, encoder = msgspec.json.Decoder(Line), msgspec.json.Encoder()
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            line = decoder.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise UserError(
                Exit.USAGE,
                f'บรรทัดที่ {number} ไม่ใช่ JSON รูปแบบ {{"text": …, "fiscal_year_be": …}}: {error}',
                f'Line {number} is not JSON of the shape {{"text": …, "fiscal_year_be": …}}: {error}',
            ) from error
        dates, quantities = read_meanings(line.text, line.fiscal_year_be or fiscal_year_be)
        yield encoder.encode({"dates": [d.value for d in dates], "quantities": [q.value for q in quantities]}) + b"\n"


_WORDS = {
    "th": {"dates": "วันที่และช่วงเวลา", "quantities": "ปริมาณ", "none": "ไม่พบ", "open": "เป็นต้นไป", "unread": "อ่านไม่ได้", "to": "ถึง"},
    "en": {"dates": "Dates", "quantities": "Quantities", "none": "none", "open": "onward", "unread": "unread", "to": "to"},
}


def _pretty(text: str, fiscal_year_be: int | None, language: str) -> str:
    from normalize.meanings import read_meanings

    words = _WORDS[language]
    dates, quantities = read_meanings(text, fiscal_year_be)
    rows = [words["dates"], *([_date_row(found, words) for found in dates] or [f"  {words['none']}"])]
    rows += ["", words["quantities"], *([_quantity_row(found, words) for found in quantities] or [f"  {words['none']}"])]
    return "\n".join(rows)


def _date_row(found: Found[Any], words: dict[str, str]) -> str:
    date = found.value
    if date.edtf is None:
        return f"  {date.text}  →  {words['unread']} ({found.problem})"
    until = words["open"] if date.end is None else f"{words['to']} {date.end}"
    days = date.start if date.start == date.end else f"{date.start} {until}"
    return f"  {date.text}  →  {date.edtf}" + ("" if days == date.edtf else f"  ({days})")


def _quantity_row(found: Found[Any], words: dict[str, str]) -> str:
    quantity = found.value
    if quantity.value is None:
        return f"  {quantity.text}  →  {words['unread']} ({found.problem})"
    sign = "" if quantity.comparator in ("=", "range") else f"{quantity.comparator} "
    upper = "" if quantity.upper is None else f" – {quantity.upper:,.10g}"
    return f"  {quantity.text}  →  {sign}{quantity.value:,.10g}{upper}" + (f" {quantity.unit}" if quantity.unit else "")
