"""A whole report from a seed: the record it must become, and the blocks that are printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from normalize import districts, fiscal_year_bounds, quarter_bounds
from samples.generator.story import Story, Style, tell

Gold = dict[str, Any]

INDICATORS = [
    ("ร้อยละของเรื่องร้องเรียนที่ได้รับการแก้ไขแล้วเสร็จ", "percent", "ร้อยละ"),
    ("จำนวนครัวเรือนที่คัดแยกมูลฝอยจากต้นทาง", "ครัวเรือน", "ครัวเรือน"),
    ("ร้อยละความพึงพอใจของผู้มารับบริการ ณ ฝ่ายทะเบียน", "percent", "ร้อยละ"),
    ("พื้นที่สีเขียวที่เพิ่มขึ้นในเขต", "ตร.ม.", "ตร.ม."),
    ("จำนวนผู้สูงอายุที่ได้รับการเยี่ยมบ้าน", "ราย", "ราย"),
    ("ระดับความสำเร็จของการป้องกันน้ำท่วมขังบนถนนสายหลัก", "level", "ระดับ"),
    ("ร้อยละของสถานประกอบการอาหารที่ผ่านเกณฑ์มาตรฐาน", "percent", "ร้อยละ"),
    ("จำนวนนักเรียนที่ผ่านการฝึกทักษะการเอาตัวรอดทางน้ำ", "คน", "คน"),
]
STRATEGIES = [
    ("1", "มหานครปลอดภัย", "1.2", "การป้องกันอุบัติภัย", "1.2.1", "ประชาชนปลอดภัยจากอัคคีภัยและน้ำท่วม"),
    ("2", "มหานครสีเขียว สะดวกสบาย", "2.1", "การจัดการมูลฝอย", "2.1.3", "มูลฝอยได้รับการคัดแยกที่ต้นทาง"),
    ("3", "มหานครสำหรับทุกคน", "3.1", "การดูแลผู้สูงอายุ", "3.1.2", "ผู้สูงอายุเข้าถึงบริการของเขต"),
    ("7", "การบริหารจัดการเมืองมหานคร", "7.2", "การบริการประชาชน", "7.2.4", "ประชาชนได้รับบริการรวดเร็วและโปร่งใส"),
]
DEFINITIONS = [
    "ผู้รับบริการ หมายถึง ประชาชนที่ติดต่อขอรับบริการ ณ ที่ทำการ และผ่านช่องทางออนไลน์ของหน่วยงานในปีที่รายงาน",
    "พื้นที่ดำเนินการ หมายถึง พื้นที่ที่ฝ่ายที่เกี่ยวข้องสำรวจและขึ้นทะเบียนไว้แล้ว รวมถึงพื้นที่ที่ได้รับมอบจากเอกชน",
    "งานที่แล้วเสร็จ หมายถึง งานที่ตรวจรับถูกต้องครบถ้วนและแจ้งผลให้ผู้เกี่ยวข้องทราบเป็นหนังสือ",
]
CALCULATIONS = [
    "จำนวนงานที่แล้วเสร็จ คูณด้วย 100 หารด้วยจำนวนงานทั้งหมดที่รับไว้ในปีเดียวกัน",
    "นับจำนวนสะสมตั้งแต่ต้นปีงบประมาณ โดยไม่นับซ้ำ แล้วนำมาเทียบกับเกณฑ์การให้คะแนน",
]
FACTORS = ["ผู้บริหารติดตามงานอย่างใกล้ชิด", "ชุมชนให้ความร่วมมือเป็นอย่างดี", "มีระบบฐานข้อมูลกลางใช้ร่วมกัน"]
OBSTACLES = ["บุคลากรไม่เพียงพอต่อปริมาณงาน", "ฝนตกหนักทำให้งานภาคสนามล่าช้า", "ผู้ประกอบการบางรายไม่ให้ความร่วมมือ"]
EVIDENCE = ["ภาพถ่ายกิจกรรม", "รายงานการประชุม", "ทะเบียนคุมเรื่องร้องเรียน", "แบบสรุปผลรายเดือน"]


@dataclass
class Paragraph:
    """label: printed before the text (bold). field: JSON Pointer of the gold text that this paragraph is, if any."""

    text: str
    label: str = ""
    field: str | None = None
    centred: bool = False


@dataclass
class Choice:
    """Boxes beside words. drawn: the box is lines on the page, not a character."""

    label: str
    options: list[tuple[str, bool]]
    drawn: bool = False


@dataclass
class Grid:
    """A ruled table. shares: of the line's width, a share a column."""

    rows: list[list[str]]
    shares: list[float]


Block = Paragraph | Choice | Grid


@dataclass
class Report:
    gold: Gold
    blocks: list[Block]
    furniture: str = ""
    title: str = field(default="")


def amount(r: Random, style: Style, unit: str, unit_text: str, mould: str) -> Gold:
    """A figure as a form prints it; mould has {n} and {u}."""
    value: float = {"percent": round(r.uniform(50, 100), 2), "level": r.randint(1, 5)}.get(unit, r.randint(20, 20000))
    shown = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
    text = mould.format(n=style.digits(shown), u=unit_text)
    return {"comparator": "=", "value": value, "upper": None, "unit": unit, "unit_text": unit_text, "text": text}


def skeleton(r: Random, form: str) -> tuple[Gold, Style]:
    district, year = r.choice(districts()), r.randint(2562, 2568)
    start, end = fiscal_year_bounds(year)
    style = Style.of(r)
    organization = {"name": district.name, "code": district.code, "agency_code": district.agency_code, "inferred": True}
    gold: Gold = {
        "form": form, "organization": organization,
        "fiscal_year": {"be": year, "start": start, "end": end, "inferred": True},
        "indicator": {"name": None, "code": None, "level": None}, "work": None,
        "strategy": {"issue": None, "sub_issue": None, "goal": None}, "definition": None, "calculation": None,
        "scoring": [], "target": None, "result": None, "series": [], "quarters": [],
        "summary": {"narrative": None, "dates": [], "quantities": []},
        "supporting_factors": None, "obstacles": None, "evidence": None, "signature": {"name": None, "position": None},
    }  # fmt: skip
    for q in (1, 2, 3, 4):
        first, last = quarter_bounds(year, q)
        gold["quarters"].append(
            {"quarter": q, "start": first, "end": last, "narrative": None, "value": None, "dates": [], "quantities": []}
        )
    return gold, style


def put_story(into: Gold, story: Story) -> None:
    into.update(narrative=story.text, dates=story.dates, quantities=story.quantities)


def listed(gold: Gold, key: str, items: list[str], style: Style) -> list[Paragraph]:
    """Numbered items, a paragraph each; gold holds them without numbers."""
    gold[key] = list(items)
    numbers = [style.digits(f"{k + 1}. ") if len(items) > 1 else "" for k in range(len(items))]
    return [Paragraph(t, n, f"/{key}/{k}") for k, (n, t) in enumerate(zip(numbers, items, strict=True))]


def annual(r: Random) -> Report:
    """bma-kpi-annual: sections 1-9."""
    gold, style = skeleton(r, "bma-kpi-annual")
    year, office = gold["fiscal_year"]["be"], gold["organization"]["name"]
    name, unit, unit_text = r.choice(INDICATORS)
    gold["indicator"].update(name=name, level=r.choice(("output", "outcome")))
    issue, issue_name, sub, sub_name, goal, goal_name = r.choice(STRATEGIES)
    gold["strategy"] = {
        "issue": {"number": issue, "name": issue_name},
        "sub_issue": {"number": sub, "name": sub_name},
        "goal": {"number": goal, "name": goal_name},
    }
    gold["definition"], gold["calculation"] = r.choice(DEFINITIONS), r.choice(CALCULATIONS)
    mould = r.choice(("{n} ({u})", "{u} {n}" if unit in ("percent", "level") else "{n} {u}"))
    gold["target"], gold["result"] = (amount(r, style, unit, unit_text, mould) for _ in range(2))
    on = gold["indicator"]["level"]
    d = style.digits
    blocks: list[Block] = [
        Paragraph("** ผลการดำเนินงานส่วนที่ 2 ผลสัมฤทธิ์การปฏิบัติงานตามแผนปฏิบัติการประจำปี แยกรายตัวชี้วัด **", centred=True),
        Paragraph(name, f"{d('1')}. ชื่อตัวชี้วัด : ", "/indicator/name"),
        Choice(
            f"{d('2')}. ระดับความสำเร็จ : ",
            [("ผลผลิต (Output)", on == "output"), ("ผลลัพธ์ (Outcome)", on == "outcome")],
            r.random() < 0.4,
        ),
        Paragraph(issue_name, f"ประเด็นยุทธศาสตร์ : ด้านที่ {d(issue)} - ", "/strategy/issue/name"),
        Paragraph(sub_name, f"----- ย่อย : {d(sub)} - ", "/strategy/sub_issue/name"),
        Paragraph(goal_name, f"เป้าประสงค์ที่ : {d(goal)} ", "/strategy/goal/name"),
        Paragraph("", f"{d('3')}. คำนิยาม :"),
        Paragraph(gold["definition"], ":: ", "/definition"),
        Paragraph("", f"{d('4')}. วิธีการคำนวณ :"),
        Paragraph(gold["calculation"], ":: ", "/calculation"),
        Paragraph(gold["target"]["text"], f"{d('5')}. เป้าหมาย : ", "/target/text"),
        Paragraph(gold["result"]["text"], ": ผลงานที่ทำได้ = ", "/result/text"),
        Paragraph("", f"{d('6')}. รายงานผลการดำเนินงาน (รายไตรมาส) :"),
    ]
    for q in (1, 2, 3, 4):
        story = tell(r, style, year, q, r.randint(3, 7))
        if q == 1:
            story.text = f"{office}มอบหมายผู้รับผิดชอบแล้ว " + story.text
        put_story(gold["quarters"][q - 1], story)
        blocks.append(Paragraph(story.text, f"({d(f'6.{q}')}) ไตรมาสที่ {d(str(q))} : ", f"/quarters/{q - 1}/narrative"))
    story = Story(r, style, year, 4)
    story.say(f"ในภาพรวมของปี{office}ดำเนินการได้ตามแผน " + "ผู้เกี่ยวข้องมีความพึงพอใจ{pct}")
    put_story(gold["summary"], story)
    blocks += [
        Paragraph("", f"({d('6.5')}) สรุปผลการดำเนินงาน (ปลายปีงบประมาณ) :"),
        Paragraph(story.text, ":: ", "/summary/narrative"),
        Paragraph("", f"{d('7')}. ปัจจัยสนับสนุนการดำเนินงาน :"),
        *listed(gold, "supporting_factors", r.sample(FACTORS, r.randint(1, 3)), style),
        Paragraph("", f"{d('8')}. อุปสรรคต่อการดำเนินงาน :"),
    ]
    if r.random() < 0.4:
        gold["obstacles"] = []
        blocks.append(Paragraph("ไม่มี"))
    else:
        blocks += listed(gold, "obstacles", r.sample(OBSTACLES, r.randint(1, 2)), style)
    blocks += [
        Paragraph("", f"{d('9')}. หลักฐานอ้างอิง :"),
        *listed(gold, "evidence", r.sample(EVIDENCE, r.randint(1, 3)), style),
    ]
    return Report(gold, blocks, furniture=office)


def pledge(r: Random) -> Report:
    """bma-pledge: รายงานผลการปฏิบัติราชการตามคำรับรอง."""
    gold, style = skeleton(r, "bma-pledge")
    gold["organization"]["inferred"] = gold["fiscal_year"]["inferred"] = False
    d, year = style.digits, gold["fiscal_year"]["be"]
    name = r.choice([i for i in INDICATORS if i[1] == "percent"])[0]
    gold["indicator"]["name"] = name
    gold["target"], gold["result"] = (amount(r, style, "percent", "ร้อยละ", "{u} {n}") for _ in range(2))
    steps = [60, 70, 80, 90, 100]
    gold["scoring"] = [{"level": k + 1, "score": float(s)} for k, s in enumerate(steps)]
    gold["signature"] = {"name": r.choice(("นางสาวใจดี มั่นคง", "นายสมคิด ตั้งใจ")), "position": "นักวิชาการปฏิบัติการ"}
    story = Story(r, style, year, 4)
    story.say("จากผู้ตอบทั้งหมด {n:คน} ให้คะแนนระดับมากขึ้นไป{pct} คะแนนส่วนบริหารจัดการ ")
    story._put(f"{d('20.00')} คะแนน", 20.0, "score", "คะแนน")
    put_story(gold["summary"], story)
    parts = ["การวางแผน", "การดำเนินการตามแผน", "การติดตามและแก้ไขปัญหา", "การรายงานผล"]
    rows = [["องค์ประกอบ", "ร้อยละ", "ผลงาน", "รายละเอียดผลการดำเนินการ"]]
    rows += [[d(f"{k + 1}. ") + p, d("5"), d("5"), r.choice(FACTORS)] for k, p in enumerate(parts)]
    blocks: list[Block] = [
        Paragraph("แบบฟอร์มการรายงานผลการปฏิบัติราชการตามคำรับรองการปฏิบัติราชการ", centred=True),
        Paragraph(f"ประจำปีงบประมาณ พ.ศ. {d(str(year))}", centred=True),
        Paragraph(gold["organization"]["name"], "หน่วยงาน : ", "/organization/name"),
        Choice("ประเภทหน่วยงาน : ", [("Line", True), ("Staff", False), ("Line & Staff", False)], r.random() < 0.4),
        Paragraph(name, "ชื่อตัวชี้วัด : ", "/indicator/name"),
        Paragraph(gold["signature"]["name"], "ชื่อผู้รับผิดชอบการรายงาน : ", "/signature/name"),
        Paragraph(gold["signature"]["position"], "ตำแหน่ง : ", "/signature/position"),
        Paragraph("ช่วงการปรับเกณฑ์การให้คะแนน +/- ร้อยละ 10 ต่อ 1 คะแนน", "เกณฑ์การให้คะแนน : "),
        Grid(
            [["ระดับคะแนน", *(d(str(k)) for k in range(1, 6))], [name, *(d(("≤" if s == 60 else "") + str(s)) for s in steps)]],
            [0.4, 0.12, 0.12, 0.12, 0.12, 0.12],
        ),
        Paragraph(gold["target"]["text"], "ค่าเป้าหมาย : ", "/target/text"),
        Paragraph("ส่วนที่ 1 (ร้อยละ 20) และส่วนที่ 2 (ร้อยละ 80)", "ผลการดำเนินงาน : "),
        Paragraph("ส่วนที่ 1 ประสิทธิภาพการบริหารจัดการตัวชี้วัด (ร้อยละ 20)"),
        Grid(rows, [0.3, 0.12, 0.12, 0.46]),
        Paragraph("", "สรุปผลการดำเนินงาน :"),
        Paragraph(story.text, "", "/summary/narrative"),
        Paragraph(gold["result"]["text"], "ผลการดำเนินงานรวม : ", "/result/text"),
        Paragraph("", "ปัจจัยสนับสนุน :"),
        *listed(gold, "supporting_factors", r.sample(FACTORS, 2), style),
        Paragraph("", "ปัญหาและอุปสรรค :"),
        *listed(gold, "obstacles", r.sample(OBSTACLES, 1), style),
        Paragraph("", "หลักฐานอ้างอิง :"),
        *listed(gold, "evidence", r.sample(EVIDENCE, 2), style),
    ]
    return Report(gold, blocks)


def page(r: Random) -> Report:
    """bma-kpi-page: the web page with its table of quarters."""
    gold, style = skeleton(r, "bma-kpi-page")
    style.thai_digits = False  # the system prints Arabic digits
    year, office = gold["fiscal_year"]["be"], gold["organization"]["name"]
    name, unit, unit_text = r.choice(INDICATORS)
    code = f"{gold['organization']['agency_code']}-{r.randint(100, 1999):04}"
    level = r.choice(("output", "outcome"))
    gold["indicator"] = {"name": name, "code": code, "level": level}
    values = {"target": round(r.uniform(10, 9000), 2), "result": round(r.uniform(10, 9000), 2)}
    for key, value in values.items():
        gold[key] = {
            "comparator": "=", "value": value, "upper": None, "unit": unit, "unit_text": unit_text, "text": f"{value:.4f}"
        }  # fmt: skip
    blocks: list[Block] = [
        Paragraph("รายละเอียดตัวชี้วัด"),
        Paragraph(f"{name} : {code}"),
        Paragraph(f"{values['target']:.4f}", f"ค่าเป้าหมาย {unit_text} : ", "/target/text"),
        Paragraph(f"{values['result']:.4f}", f"ผลงานที่ทำได้ {unit_text} : ", "/result/text"),
        Paragraph("ประเภทตัวชี้วัด : ตัวชี้วัดเชิงยุทธศาสตร์"),
        Paragraph(f"(ตัวชี้วัดระดับ{'ผลผลิต' if level == 'output' else 'ผลลัพธ์'} ({level}))"),
        Paragraph("ผลงานเทียบกับเป้าหมายรายไตรมาส"),
    ]
    rows = [["ไตรมาสที่\n(1 - 4)", f"*ผลงาน*\n({unit_text})", "*ผลประเมินตัวชี้วัด*"]]
    for q in (1, 2, 3, 4):
        value = round(r.uniform(1, 9000), 2)
        gold["quarters"][q - 1]["value"] = value
        rows.append([str(q), f"{value:,.2f}", "100.0000"])
    blocks.append(Grid(rows, [0.25, 0.4, 0.35]))
    for q in (1, 2, 3, 4):
        story = tell(r, style, year, q, r.randint(2, 5))
        if q == 1:
            story.text = f"{office}รายงาน " + story.text
        put_story(gold["quarters"][q - 1], story)
        blocks += [Paragraph(f"รายงานผลฯ ไตรมาสที่ {q}"), Paragraph(story.text, "", f"/quarters/{q - 1}/narrative")]
    return Report(gold, blocks)


FORMS: dict[str, Callable[[Random], Report]] = {"annual": annual, "pledge": pledge, "page": page}


def make_report(seed: str, form: str) -> Report:
    """The same seed and form give the same report, whatever else was made before."""
    return FORMS[form](Random(f"{seed}/{form}"))
