"""Form files to `Form`s: YAML, strict. What is wrong with a file is told with file, line and reason (`FormError`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import regex
import yaml

import schemas
from schemas.form import Form, Printed, RowsRule, Section

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is ten times as fast, where PyYAML was built with it
PACKAGED = Path(schemas.__file__).parent / "forms"

# What a section, a printed line or a column may fill; `{quarter}` is 0 … 3.
FIELDS = frozenset(
    """/indicator/name /indicator/code /indicator/level /organization /fiscal_year /definition /calculation /scoring /target
    /result /components /series /quarters /quarters/{quarter}/narrative /quarters/{quarter}/value /summary/narrative
    /supporting_factors /obstacles /evidence /signature/name /signature/position /strategy/issue /strategy/sub_issue
    /strategy/goal /work/code /work/name""".split()
)
FIELDS |= {f"/quarters/{at}/{key}" for at in range(4) for key in ("narrative", "value")}
KINDS_OF_FIELD = {
    "/supporting_factors": {"list"}, "/obstacles": {"list"}, "/evidence": {"list"}, "/scoring": {"table"},
    "/components": {"table"}, "/series": {"table"}, "/quarters": {"table"}, "/target": {"quantity"}, "/result": {"quantity"},
    "/strategy/issue": {"numbered"}, "/strategy/sub_issue": {"numbered"}, "/strategy/goal": {"numbered"},
    "/indicator/level": {"choice"}, "/organization": {"organization"}, "/fiscal_year": {"fiscal_year"},
    "/quarters/{quarter}/value": {"number"}, "/indicator/code": {"code", "text"},
    **{f"/quarters/{at}/value": {"number"} for at in range(4)},
}  # fmt: skip
ITEM_FIELDS = {
    "/scoring": {"level", "score"}, "/components": {"name", "weight", "score", "detail"},
    "/quarters": {"quarter", "value", "narrative"}, "/series": {"fiscal_year", "value"},
}  # fmt: skip


class FormError(Exception):
    """A form file that cannot be used: which file, which line (from 1), why."""

    def __init__(self, path: Path, line: int, reason_th: str, reason_en: str) -> None:
        super().__init__(f"{path}:{line}: {reason_en}")
        self.path, self.line, self.reason_th, self.reason_en = path, line, reason_th, reason_en


class _Problem(Exception):
    """A reason and the place in the data, as keys and indexes from the root."""

    def __init__(self, where: tuple[str | int, ...], reason_th: str, reason_en: str) -> None:
        super().__init__(reason_en)
        self.where, self.reason_th, self.reason_en = where, reason_th, reason_en


def load_forms(*folders: Path) -> tuple[Form, ...]:
    """The packaged forms and those of the folders, by id. A folder's form replaces an earlier one of the same id.

    Raises FormError for the first broken file.
    """
    forms: dict[str, Form] = {}
    for folder in (PACKAGED, *folders):
        here: dict[str, Path] = {}
        for path in sorted(folder.glob("*.y*ml")):
            form = load_form(path)
            if form.id in here:
                other = here[form.id].name
                raise FormError(path, 1, f"รหัสแบบฟอร์ม {form.id} ซ้ำกับ {other}", f"form id {form.id} is already used by {other}")
            here[form.id] = path
            forms[form.id] = form
    return tuple(forms[key] for key in sorted(forms))


def load_form(path: Path) -> Form:
    """One file. Raises FormError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FormError(path, 1, f"อ่านไฟล์ไม่ได้ ({error})", f"cannot be read ({error})") from error
    try:
        node = yaml.compose(text, Loader=LOADER)
        repeated = next(_repeated_keys(node), None) if node else None
        data = yaml.load(text, Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else 1
        raise FormError(path, line, f"ไม่ใช่ YAML ที่ถูกต้อง: {problem}", f"not valid YAML: {problem}") from error
    if node is None:
        raise FormError(path, 1, "ไฟล์ว่าง", "the file is empty")
    if repeated is not None:
        raise FormError(path, repeated.start_mark.line + 1, f"คีย์ {repeated.value} ซ้ำ", f"key `{repeated.value}` is given twice")
    try:
        form = msgspec.convert(data, Form)
        for problem in _problems(form):
            raise problem
    except msgspec.ValidationError as error:
        raise _placed(path, node, error) from error
    except _Problem as found:
        raise FormError(path, _line(node, found.where), found.reason_th, found.reason_en) from found
    return form


def _repeated_keys(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(key.value)
            yield from _repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated_keys(value)


def _line(node: yaml.Node, where: tuple[str | int, ...]) -> int:
    """Line, from 1, of the place, or of the nearest enclosing one that exists. A key's own line, not its value's."""
    line = node.start_mark.line + 1
    for step in where:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(step)), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            return line
    return line


_UNKNOWN = regex.compile(r"Object contains unknown field `(.+?)`")
_PATH = regex.compile(r" - at `(?:key in )?\$(.*)`$")
_STEP = regex.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")


def _placed(path: Path, node: yaml.Node, error: msgspec.ValidationError) -> FormError:
    """msgspec's error with the line it speaks of."""
    text = str(error)
    found = _PATH.search(text)
    where: list[str | int] = []
    for name, index in _STEP.findall(found[1] if found else ""):
        where.append(name or (int(index) if index.isdigit() else "..."))
    place = ".".join(str(step) for step in where) or "form"
    unknown = _UNKNOWN.match(text)
    if unknown:
        where.append(unknown[1])
        reason_th, reason_en = f"ไม่รู้จักคีย์ {unknown[1]} (ใน {place})", f"unknown key `{unknown[1]}` (in {place})"
    else:
        bare = text[: found.start()] if found else text
        reason_th, reason_en = f"{place}: {bare}", f"{place}: {bare}"
    return FormError(path, _line(node, tuple(where)), reason_th, reason_en)


def _problems(form: Form) -> Iterator[_Problem]:
    """What the shape alone cannot say: ids, pointers, patterns, kinds."""
    seen: set[str] = set()
    for index, section in enumerate(form.sections):
        at: tuple[str | int, ...] = ("sections", index)
        if section.id in seen:
            yield _Problem((*at, "id"), f"ส่วน {section.id} ซ้ำ", f"section id {section.id} is used twice")
        seen.add(section.id)
        yield from _section_problems(section, at)
    for index, printed in enumerate(form.printed):
        yield from _printed_problems(printed, ("printed", index))
    if form.record.rows is not None:
        yield from _rows_problems(form.record.rows, ("record", "rows"))
    for index, name in enumerate(form.record.begins):
        if name not in seen:
            yield _Problem(("record", "begins", index), f"ไม่มีส่วนชื่อ {name}", f"there is no section {name}")
    for index, section in enumerate(form.sections):
        if section.after is not None and section.after not in seen:
            yield _Problem(("sections", index, "after"), f"ไม่มีส่วนชื่อ {section.after}", f"there is no section {section.after}")
    for group in ("evidence", "against"):
        for index, evidence in enumerate(getattr(form.recognition, group)):
            where: tuple[str | int, ...] = ("recognition", group, index)
            if (evidence.text is None) == (evidence.pattern is None):
                yield _Problem(where, "ต้องมี text หรือ pattern อย่างใดอย่างหนึ่ง", "needs either text or pattern")
            yield from _pattern_problems(evidence.pattern, (*where, "pattern"))
    for index, pattern in enumerate(form.furniture.patterns):
        yield from _pattern_problems(pattern, ("furniture", "patterns", index))
    if not form.sections and form.record.rows is None:
        yield _Problem((), "แบบฟอร์มไม่มี sections", "the form has no sections")


def _section_problems(section: Section, at: tuple[str | int, ...]) -> Iterator[_Problem]:
    if not section.labels and not section.label_pattern and not section.after:
        yield _Problem(at, f"ส่วน {section.id} ไม่มี labels", f"section {section.id} has no labels")
    for index, label in enumerate(section.labels):
        if sum(map(str.isalpha, label)) < 3:
            yield _Problem((*at, "labels", index), f"ป้าย “{label}” สั้นเกินไป", f"label “{label}” is too short to be found safely")
    field = section.fills
    silent = section.kind in ("caption", "unread")
    if field is None and not silent and section.kind != "table":
        yield _Problem(at, f"ส่วน {section.id} ไม่มี fills", f"section {section.id} says no field to fill (key `fills`)")
    if field is not None:
        where = (*at, "fills")
        if silent:
            yield _Problem(where, f"ชนิด {section.kind} ไม่มี fills", f"kind {section.kind} fills nothing")
        yield from _field_problems(field, where)
        wanted = KINDS_OF_FIELD.get(field)
        if wanted and section.kind not in wanted:
            names, place = " or ".join(sorted(wanted)), (*at, "kind") if section.kind != "text" else at
            yield _Problem(place, f"{field} ต้องเป็นชนิด {names}", f"{field} needs kind {names}, not {section.kind}")
        if ("{quarter}" in field) != (section.repeat == "quarter"):
            yield _Problem(where, "ใช้ {quarter} คู่กับ repeat: quarter", "{quarter} and `repeat: quarter` go together")
    if section.kind == "choice" and not section.options:
        yield _Problem(at, f"ส่วน {section.id} ไม่มี options", f"section {section.id} is a choice without options")
    if section.kind == "table" and section.table is None:
        yield _Problem(at, f"ส่วน {section.id} ไม่มี table", f"section {section.id} is a table without key `table`")
    yield from _pattern_problems(section.pattern, (*at, "pattern"))
    yield from _pattern_problems(section.label_pattern, (*at, "label_pattern"))
    if section.table is not None:
        yield from _table_problems(section, (*at, "table"))


def _table_problems(section: Section, at: tuple[str | int, ...]) -> Iterator[_Problem]:
    assert section.table is not None
    yield from _pattern_problems(section.table.key_pattern, (*at, "key_pattern"))
    yield from _pattern_problems(section.table.flow_pattern, (*at, "flow_pattern"))
    single = FIELDS - ITEM_FIELDS.keys()
    allowed = single if section.fills is None else ITEM_FIELDS.get(section.fills, set())
    for index, column in enumerate(section.table.columns):
        where = (*at, "columns", index)
        yield from _pattern_problems(column.header_pattern, (*where, "header_pattern"))
        if column.fills is not None and column.fills not in allowed:
            names, table = ", ".join(sorted(allowed)), section.fills or "a table without `fills`"
            yield _Problem((*where, "fills"), f"{table} มีช่อง {names}", f"columns of {table} fill {names}, not {column.fills}")


def _rows_problems(rows: RowsRule, at: tuple[str | int, ...]) -> Iterator[_Problem]:
    allowed = FIELDS - {"/scoring", "/components", "/quarters", "/organization", "/fiscal_year", "/strategy/issue"}
    for index, column in enumerate(rows.columns):
        where = (*at, "columns", index)
        yield from _pattern_problems(column.header_pattern, (*where, "header_pattern"))
        for key in ("fills", "also"):
            field = getattr(column, key)
            if field is not None and field not in allowed:
                yield _Problem((*where, key), f"คอลัมน์ใส่ช่อง {field} ไม่ได้", f"a column cannot fill {field}")
    for index, heading in enumerate(rows.headings):
        yield from _grouped_problems(heading.pattern, heading.fills, (*at, "headings", index))
    for name in ("starts_pattern", "stops_pattern"):
        yield from _pattern_problems(getattr(rows, name), (*at, name))


def _printed_problems(printed: Printed, at: tuple[str | int, ...]) -> Iterator[_Problem]:
    yield from _grouped_problems(printed.pattern, printed.fills, at)


def _grouped_problems(pattern: str, fills: Mapping[str, str], at: tuple[str | int, ...]) -> Iterator[_Problem]:
    """A pattern whose named groups fill fields."""
    yield from _pattern_problems(pattern, (*at, "pattern"))
    groups = regex.compile(pattern).groupindex
    for group, field in fills.items():
        where = (*at, "fills", group)
        if group not in groups:
            yield _Problem(where, f"pattern ไม่มีกลุ่มชื่อ {group}", f"the pattern has no group named {group}")
        yield from _field_problems(field, where)


def _field_problems(field: str, where: tuple[str | int, ...]) -> Iterator[_Problem]:
    if field not in FIELDS:
        yield _Problem(where, f"ระเบียนไม่มีช่อง {field}", f"a record has no field {field}; fields are {', '.join(sorted(FIELDS))}")


def _pattern_problems(pattern: str | None, where: tuple[str | int, ...]) -> Iterator[_Problem]:
    if pattern is None:
        return
    try:
        regex.compile(pattern)
    except regex.error as error:
        yield _Problem(where, f"นิพจน์ปรกติผิด: {error}", f"not a regular expression: {error}")
