"""Documents that are no KPI reports and must yield no record: letters, menus, invoices, thesis pages, minutes, word salad."""

from __future__ import annotations

from pathlib import Path
from random import Random

from samples.generator.contents import Paragraph, Report
from samples.generator.story import ACTIVITIES, PLACES, TOPICS, Story, Style

DISHES = "ข้าวผัดกุ้ง ต้มยำปลา แกงเขียวหวานไก่ ส้มตำไทย ผัดไทยเส้นจันท์ ยำวุ้นเส้น ขนมจีนน้ำยา ข้าวเหนียวมะม่วง".split()
GOODS = "กระดาษถ่ายเอกสาร หมึกพิมพ์ แฟ้มเอกสาร เก้าอี้สำนักงาน ปากกาลูกลื่น พัดลมตั้งพื้น".split()
# Words that KPI reports are full of; a page of them, shuffled, is still no report.
SALAD = (
    "ตัวชี้วัด เป้าหมาย ผลงาน ไตรมาส ร้อยละ ประชาชน ดำเนินการ สำนักงานเขต กิจกรรม งบประมาณ ระดับ ความสำเร็จ แผน "
    "โครงการ ผู้รับบริการ จำนวน รายงาน ปี หลักฐาน อุปสรรค นิยาม วิธีการ คำนวณ"
).split()


def letter(r: Random) -> list[str]:
    return [
        f"ที่ กท {r.randint(1000, 9999)}/{r.randint(10, 999)}", f"{r.randint(1, 28)} มีนาคม {r.randint(2560, 2569)}",
        f"เรื่อง ขอเชิญร่วมงาน{r.choice(TOPICS)}", "เรียน ประธานกรรมการชุมชน",
        f"ด้วยสำนักงานกำหนดจัดงาน{r.choice(TOPICS)} ณ {r.choice(PLACES)} เป้าหมายผู้ร่วมงาน {r.randint(50, 500)} คน",
        "จึงเรียนมาเพื่อโปรดทราบและเข้าร่วมงานตามกำหนด", "ขอแสดงความนับถือ",
    ]  # fmt: skip


def menu(r: Random) -> list[str]:
    return ["รายการอาหาร", *(f"{k + 1}. {d} {r.randint(45, 250)} บาท" for k, d in enumerate(r.sample(DISHES, 6)))]


def invoice(r: Random) -> list[str]:
    rows = [(g, r.randint(1, 40), r.randint(15, 2500)) for g in r.sample(GOODS, 4)]
    lines = [f"{g} {n} ชิ้น ราคาหน่วยละ {p:,} บาท รวม {n * p:,} บาท" for g, n, p in rows]
    total = sum(n * p for _, n, p in rows)
    return ["ใบแจ้งหนี้", f"เลขที่ INV-{r.randint(1000, 9999)}", *lines, f"รวมทั้งสิ้น {total:,} บาท"]


def thesis(r: Random) -> list[str]:
    story = Story(r, Style(), 2566, 2)
    story.say(r.choice(ACTIVITIES))
    return [
        f"บทที่ {r.randint(1, 5)} วิธีดำเนินการวิจัย", f"3.1 ตัวชี้วัดและเป้าหมายของการศึกษา{r.choice(TOPICS)}",
        f"การศึกษานี้เก็บข้อมูลจากกลุ่มตัวอย่าง {r.randint(100, 400)} คน โดยใช้แบบสอบถามมาตราส่วนห้าระดับ ผลพบว่าร้อยละ "
        f"{r.randint(40, 90)} เห็นด้วย", f"ตัวอย่างเช่น {story.text}", "สรุปผลการดำเนินงานของแต่ละหน่วยงานแสดงในบทต่อไป",
    ]  # fmt: skip


def minutes(r: Random) -> list[str]:
    return [
        f"รายงานการประชุมครั้งที่ {r.randint(1, 12)}/2567", "ระเบียบวาระที่ 1 เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ",
        "ระเบียบวาระที่ 2 ติดตามตัวชี้วัดประจำไตรมาส",
        f"ที่ประชุมรับทราบว่าเป้าหมาย : {r.randint(60, 99)} ยังไม่ได้รายงานผลงาน",
        "เลิกประชุมเวลา 16.30 น.", f"ผู้มาประชุม {r.randint(5, 30)} คน",
    ]  # fmt: skip


def salad(r: Random) -> list[str]:
    return [" ".join(r.choices(SALAD, k=r.randint(6, 14))) for _ in range(25)]


def english(r: Random) -> list[str]:
    return [
        "Quarterly newsletter", f"The office welcomed {r.randint(100, 900)} visitors in March {r.randint(2019, 2025)}.",
        "Target groups and results will be presented at the annual meeting.", "Please bring your badge.",
    ]  # fmt: skip


def own_pages(root: Path) -> list[list[str]]:
    """This project's own documents: they speak of indicators on every page."""
    files = sorted([*root.glob("*.md"), *root.glob("docs/**/*.md")])
    return [f.read_text(encoding="utf-8").splitlines() for f in files]


KINDS = {f.__name__: f for f in (letter, menu, invoice, thesis, minutes, salad, english)}


def strangers(count: int, seed: str, root: Path | None = None) -> list[tuple[str, list[str]]]:
    """(name, lines) of `count` documents; the project's own pages first where a root is given."""
    out = [(f"own-{k:02}", lines) for k, lines in enumerate(own_pages(root) if root else [])][:count]
    kinds = list(KINDS)
    while len(out) < count:
        kind = kinds[len(out) % len(kinds)]
        out.append((f"{kind}-{len(out):03}", KINDS[kind](Random(f"{seed}/{len(out)}"))))
    return out


def as_report(lines: list[str]) -> Report:
    """To be set on pages like a report; its gold is empty."""
    return Report({}, [Paragraph(line) for line in lines])
