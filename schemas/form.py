"""A report form as data: the shape of schemas/forms/*.yaml (docs/adding-a-form.md explains every key with an example).

A form says how its pages are recognised, where a record begins, which labels stand before which field, what a field is,
what may be inferred, and what is page furniture. Nothing here is Bangkok's: offices, units and labels are data.
Unknown keys are refused. All wordings are plain text compared without regard to tone marks, spaces and a few misprints;
keys named `pattern` or ending in `_pattern` are regular expressions (module `regex`), searched in the repaired text.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal[
    "text",  # running text, line breaks joined as record.md says
    "list",  # items with or without numbers
    "quantity",  # number with unit and comparator
    "number",  # bare number
    "choice",  # one of several options, marked by a box, a glyph or simply by being printed
    "numbered",  # "7.5 - name": {number, name}
    "code",  # a code: the text, or the part of it that `pattern` finds
    "organization",
    "fiscal_year",
    "table",  # rows or columns of figures, see `table`
    "caption",  # a heading of the form itself: belongs to no field and is not reported as unread
    "unread",  # a label whose text no field of the record takes: it goes to `unread`
]


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Unknown keys are an error, values do not change."""


class Wording(_Strict, frozen=True):
    """A text in Thai and English, for messages."""

    th: str
    en: str


class Evidence(_Strict, frozen=True):
    """A text that speaks for this form. where: "title" = a line that is nothing but this wording; "text" = anywhere."""

    text: str | None = None
    pattern: str | None = None
    weight: float = 1.0
    where: Literal["title", "text"] = "title"


class Recognition(_Strict, frozen=True):
    """Weights of the evidence found, and of the labels found (each field counts once), are added up.

    threshold: sum from which the document is this form. label_weight: what each field's label that was found adds.
    needs_labels: fewest fields whose labels must be found, whatever else speaks for the form.
    against: wordings whose presence says it is another form (their weight is subtracted).
    """

    evidence: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()
    label_weight: float = 1.0
    needs_labels: int = 2
    threshold: float = 4.0


class Option(_Strict, frozen=True):
    """A choice's option: the value for the record and the wordings that print it."""

    value: str
    labels: tuple[str, ...]


class Column(_Strict, frozen=True):
    """A column of a table (a row, for a table with `direction: across`).

    headers: wordings of its heading, "*" = the first one that no other column claims. fills: field of the item; in a table
    without `fills` of its own a JSON Pointer into the record. kind: "figure" = a number that may have a comparator; "unit" = the
    unit of the row's quantities; "ignore" = claims its heading, fills nothing.
    """

    fills: str | None = None
    headers: tuple[str, ...] = ()
    header_pattern: str | None = None
    kind: Literal["text", "number", "quantity", "figure", "code", "unit", "ignore"] = "text"
    required: bool = False


class TableRule(_Strict, frozen=True):
    """How a table's cells become fields.

    direction "down": each row below the heading is an item; "across": each column right of the heading column is one.
    key_pattern: read in the item's first cell; groups `quarter`, `level`, `number`, `name`, or any column's `fills`.
    flow_pattern: finds the items in running text where no grid was found (same groups).
    skip: wordings of first cells whose rows are no items (totals). stop: wordings from which the table has ended.
    """

    direction: Literal["down", "across"] = "down"
    columns: tuple[Column, ...] = ()
    key_pattern: str | None = None
    flow_pattern: str | None = None
    skip: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()


class Section(_Strict, frozen=True):
    """One labelled part of a form.

    id: unique in the form. fills: JSON Pointer into the record; `{quarter}` in it, in labels and in number stands for 1 … 4
    with `repeat: quarter` (the pointer gets 0 … 3).
    labels: wordings, the usual one first (messages name it). label_pattern: where a wording cannot say it.
    number: the number printed before the label ("5", "6.1"), in Arabic digits; other numbers or none are tolerated.
    colon: "expected" = a label without a following colon, "=" or line end is doubted; "never" = not printed; "any".
    inline: the label may stand behind the value of another one on the same line.
    extent: what belongs to the value: "block" up to the next label, "line" the label's own printed line (or, when it ends
    behind the label, the next one) with its wrapped continuation.
    pattern: takes only this part of the text (its named groups fill sub-fields, `value` the field itself).
    marker: printed before the value and no part of it ("::"). prefixes, suffixes: wordings before and behind it, likewise.
    unit: unit when none is printed. unit_pattern: where the unit is printed when it is not beside the number.
    required: when its label is printed but its value cannot be read, the document is only partly read.
    scope: "document" = printed once, holds for all following records until printed again.
    ends: wordings that end the text although they are no labels of this form.
    paragraphs: how the section is found when none of its labels is printed: the paragraphs after section `after`, in order.
    """

    id: str
    kind: Kind = "text"
    fills: str | None = None
    labels: tuple[str, ...] = ()
    label_pattern: str | None = None
    number: str | None = None
    repeat: Literal["quarter"] | None = None
    colon: Literal["expected", "any", "never"] = "expected"
    inline: bool = False
    extent: Literal["block", "line"] = "block"
    pattern: str | None = None
    marker: str | None = None
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    unit: str | None = None
    options: tuple[Option, ...] = ()
    boxes: bool = True
    table: TableRule | None = None
    required: bool = False
    scope: Literal["record", "document"] = "record"
    ends: tuple[str, ...] = ()
    after: str | None = None


class Printed(_Strict, frozen=True):
    """A line without label, above the first label of a record: `pattern` with named groups, `fills` group → pointer.

    scope as in Section. A line that matched is read, one that did not stays unread.
    """

    pattern: str
    fills: dict[str, str]
    scope: Literal["record", "document"] = "record"
    required: bool = False


class RecordRule(_Strict, frozen=True):
    """Where a record begins: at one of these sections, or at a title of the recognition's evidence.

    rows: the records are rows of a table (see RowsRule) instead.
    """

    begins: tuple[str, ...] = ()
    title_begins: bool = True
    ends: tuple[str, ...] = ()  # wordings of a last line: what follows belongs to no field
    rows: RowsRule | None = None


class Heading(_Strict, frozen=True):
    """A heading above a table of records, holds for its rows. pattern: named groups; fills: group → pointer."""

    id: str
    pattern: str
    fills: dict[str, str] = {}


class RowColumn(_Strict, frozen=True):
    """A column of a table of records.

    headers/header_pattern: its heading over all heading rows, joined. Group `year` of header_pattern is the column's fiscal
    year (two digits: 25xx). fills: JSON Pointer; "/series" adds an entry a column. year_offset: years relative to `base_year`'s.
    base_year: this column's year is the budget year. also: a second pointer that the same cell fills (target of the year).
    """

    id: str
    fills: str | None = None
    also: str | None = None
    headers: tuple[str, ...] = ()
    header_pattern: str | None = None
    kind: Literal["text", "unit", "figure", "quantity", "number", "code", "ignore"] = "text"
    year_offset: int | None = None
    base_year: bool = False


class RowsRule(_Strict, frozen=True):
    """Records that are rows of ruled tables: which tables, their columns, total rows, and headings above."""

    columns: tuple[RowColumn, ...]
    headings: tuple[Heading, ...] = ()
    totals: tuple[str, ...] = ()
    starts_pattern: str | None = None  # text from which such tables come
    stops_pattern: str | None = None  # text after which none come


class Furniture(_Strict, frozen=True):
    """Lines that belong to the page, not to the report. Lines repeated at the same height on several pages are found anyway."""

    patterns: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


class Inference(_Strict, frozen=True):
    """What may be inferred when no field prints it, and from where, the surest source first.

    narratives: offices named, or years of the dates, in the record's texts. code: the first digits of /indicator/code are the
    agency's. file, folder: their names.
    """

    organization: tuple[Literal["narratives", "code", "file", "folder"], ...] = ()
    fiscal_year: tuple[Literal["narratives", "file", "folder"], ...] = ()


class Form(_Strict, frozen=True):
    """One report form. model: version of this shape. id: what records call it."""

    model: Literal[1]
    id: str
    title: Wording
    recognition: Recognition
    record: RecordRule = RecordRule()
    sections: tuple[Section, ...] = ()
    printed: tuple[Printed, ...] = ()
    furniture: Furniture = Furniture()
    inference: Inference = Inference()
