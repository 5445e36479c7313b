"""Sentences of office language with the dates and quantities that stand in them, in reading order."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from random import Random
from typing import Any

SHORT = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
LONG = (
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()
)
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

# One activity a line; {kind:argument} is a slot (see Story). Written for this project.
ACTIVITIES = """
สำรวจข้อมูลชุมชนในพื้นที่แขวง{place} ได้ครบ {n:ชุมชน}
จัดอบรมอาสาสมัครหลักสูตร{topic} เมื่อ{day} มีผู้เข้ารับการอบรม {n:คน}
ลงพื้นที่{place}ตรวจเยี่ยมผู้สูงอายุที่บ้าน {n:ราย} และมอบถุงยังชีพ {n:ชุด}
ดำเนินการแก้ไขเรื่องร้องเรียนได้ {ratio:เรื่อง}
เก็บขนมูลฝอยตกค้างริมคลอง{place} ได้ {d:ตัน} ใน{month}
ขุดลอกท่อระบายน้ำถนน{place} ความยาว {n:เมตร} แล้วเสร็จ{day}
ประชาชนมารับบริการที่จุดบริการ{more:รายต่อเดือน}
ปลูกต้นไม้เพิ่มพื้นที่สีเขียวบริเวณ{place} {n:ต้น} ระหว่าง{days}
เบิกจ่ายงบประมาณแล้ว {money} จากที่ได้รับจัดสรร {money}
ประชุมคณะทำงานครั้งที่ {plain} ใน{day} มีผู้เข้าประชุม {n:คน}
ผู้ตอบแบบสอบถามมีความพึงพอใจ{pct}
ตรวจสถานประกอบการอาหาร {n:แห่ง} ผ่านเกณฑ์ {n:แห่ง}
จัดกิจกรรม{topic}ให้นักเรียนโรงเรียนวัด{place} {sum:คน:ชาย/หญิง}
ซ่อมไฟฟ้าส่องสว่างที่ดับภายใน {n:วัน} นับแต่ได้รับแจ้ง จำนวน {n:ดวง}
ออกหนังสือแจ้งเตือนเจ้าของที่ดินรกร้าง {n:ฉบับ} ตามหนังสือที่ กท {plain}/{plain} ลง{day}
จัดเก็บภาษีที่ดินและสิ่งปลูกสร้างได้ {money} คิดเป็น{pct}ของเป้าหมาย
ฉีดวัคซีนป้องกันโรคพิษสุนัขบ้าให้สุนัขและแมว {n:ตัว} ตั้งแต่{months}
เปิดสายด่วนรับแจ้งเหตุ 0-2{plain}-{plain} มีผู้โทรแจ้ง{about:ครั้ง}
ติดตั้งกล้องวงจรปิดเพิ่ม {n:จุด} ในชุมชน{place} เมื่อ{day}
ครัวเรือนที่คัดแยกขยะต้นทางมี{least:ครัวเรือน} ใน{month}
ให้คำปรึกษาผู้ประกอบการรายใหม่{more:ราย} ตลอด{months}
ผลการประเมินอยู่ใน{level}
ฝึกซ้อมแผนป้องกันอัคคีภัยร่วมกับโรงพยาบาลใกล้เคียง {n:ครั้ง} ระหว่าง{days}
พ่นหมอกควันกำจัดยุงลายในพื้นที่เสี่ยง {n:หลังคาเรือน} แล้วเสร็จไม่เกินกำหนด
ช่างซ่อมผิวจราจรที่ชำรุด {n:ตร.ม.} บนถนน{place}
มีการใช้เวลาให้บริการเฉลี่ย {d:นาที ต่อราย} ลดลงจากเดือนก่อน
จ่ายเบี้ยยังชีพผู้สูงอายุ {n:ราย} เป็นเงิน {money}
สุ่มตรวจคุณภาพน้ำในคลอง{place} {n:จุด} พบว่าดีขึ้น {n:จุด}
""".strip().splitlines()
OPENINGS = ["", "", "ในไตรมาสนี้ได้ดำเนินการ ดังนี้ ", "ผลการดำเนินงานโดยสรุป คือ ", "ฝ่ายที่รับผิดชอบรายงานว่า "]
SILENT = [
    "ดำเนินการตามแผนที่กำหนดไว้ทุกขั้นตอน", "อยู่ระหว่างรวบรวมข้อมูลจากฝ่ายที่เกี่ยวข้อง",
    "จัดทำคำสั่งมอบหมายผู้รับผิดชอบตัวชี้วัดเรียบร้อยแล้ว", "ประสานความร่วมมือกับสถานีตำรวจและภาคเอกชนในพื้นที่",
]  # fmt: skip
PLACES = "สวนหลวง ท่าน้ำใหม่ บ้านช่างหล่อเก่า ดอกลำดวน ริมทางรถไฟ ศรีสำราญ ตลาดนัดเช้า หนองกระทุ่ม วังตาล พัฒนาสุข".split()
TOPICS = "การคัดแยกขยะ การปฐมพยาบาล วินัยจราจร การทำบัญชีครัวเรือน ดนตรีไทย การดูแลผู้สูงอายุ ภัยออนไลน์".split()


@dataclass
class Style:
    """How one writer writes: digits, years, months."""

    thai_digits: bool = False
    short_year: bool = True
    short_month: bool = True
    slashed: bool = False

    def digits(self, text: str) -> str:
        return text.translate(THAI_DIGITS) if self.thai_digits else text

    @classmethod
    def of(cls, r: Random) -> Style:
        return cls(r.random() < 0.3, r.random() < 0.6, r.random() < 0.7, r.random() < 0.15)


@dataclass
class Story:
    """A text under construction. dates and quantities have the shapes of the record."""

    r: Random
    style: Style
    year_be: int
    quarter: int
    text: str = ""
    dates: list[dict[str, Any]] = field(default_factory=list)
    quantities: list[dict[str, Any]] = field(default_factory=list)

    def say(self, template: str) -> None:
        """Append a template, slots filled."""
        rest = template
        while "{" in rest:
            before, _, rest = rest.partition("{")
            slot, _, rest = rest.partition("}")
            self.text += before
            kind, *arguments = slot.split(":")
            getattr(self, f"_{kind}")(*arguments)
        self.text += rest

    def digits(self, text: str) -> str:
        return self.style.digits(text)

    def year(self, be: int) -> str:
        return self.digits(str(be % 100) if self.style.short_year else str(be))

    # numbers

    def _count(self) -> int:
        return self.r.choice((self.r.randint(2, 60), self.r.randint(20, 999), self.r.randint(1000, 25000)))

    def _put(self, text: str, value: float, unit: str, unit_text: str, comparator: str = "=") -> None:
        self.text += text
        self.quantities.append(
            {"comparator": comparator, "value": value, "upper": None, "unit": unit, "unit_text": unit_text, "text": text.strip()}
        )

    def _n(self, unit: str, before: str = "", comparator: str = "=") -> None:
        value = self._count()
        gap = "" if self.r.random() < 0.08 else " "
        # ราย ต่อ เดือน is printed with ต่อ and read as a rate with a stroke
        self._put(f"{before}{self.digits(f'{value:,}')}{gap}{unit}", value, unit.replace("ต่อ", "/"), unit, comparator)

    def _more(self, unit: str) -> None:
        self._n(unit, "กว่า ", ">")

    def _least(self, unit: str) -> None:
        self._n(unit, self.r.choice(("ไม่น้อยกว่า ", "อย่างน้อย ")), ">=")

    def _about(self, unit: str) -> None:
        self._n(unit, "ประมาณ ", "~")

    def _d(self, unit: str) -> None:
        value = round(self.r.uniform(1, 900), self.r.choice((1, 2)))
        self._put(f"{self.digits(f'{value:,}')} {unit}", value, unit.replace(" ต่อ", "/"), unit)

    def _pct(self) -> None:
        value = round(self.r.uniform(40, 100), 2)
        shown = self.digits(f"{value:.2f}")
        if self.r.random() < 0.25:
            self._put(f" {shown}%", value, "percent", "%")
        else:
            self._put(f"ร้อยละ {shown}", value, "percent", "ร้อยละ")

    def _level(self) -> None:
        value = self.r.randint(1, 5)
        self._put(f"ระดับ {self.digits(str(value))}", value, "level", "ระดับ")

    def _money(self) -> None:
        kind = self.r.random()
        if kind < 0.2:
            value = round(self.r.uniform(1, 90), 2)
            self._put(f"{self.digits(f'{value:,}')} ล้านบาท", round(value * 1e6, 2), "baht", "ล้านบาท")
            return
        value = self.r.randint(10, 9000) * 100 if kind < 0.7 else round(self.r.uniform(1e3, 9e6), 2)
        shown = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
        self._put(f"{self.digits(shown)} บาท", value, "baht", "บาท")

    def _ratio(self, unit: str) -> None:
        whole = self.r.randint(5, 400)
        part = self.r.randint(1, whole)
        self._put(f"{self.digits(str(part))} {unit}", part, unit, unit)
        self.text += " จาก "
        self._put(f"{self.digits(str(whole))} {unit}", whole, unit, unit)
        share = round(100 * part / whole + 1e-9, 2)
        self.text += " คิดเป็น"
        self._put(f"ร้อยละ {self.digits(f'{share:.2f}')}", share, "percent", "ร้อยละ")

    def _sum(self, unit: str, names: str) -> None:
        values = [self.r.randint(3, 200) for _ in names.split("/")]
        for name, value in zip(names.split("/"), values, strict=True):
            self.text += name + " "
            self._put(f"{self.digits(str(value))} {unit}", value, unit, unit)
            self.text += " "
        self.text += "รวม "
        self._put(f"{self.digits(str(sum(values)))} {unit}", sum(values), unit, unit)

    def _plain(self) -> None:
        """A number that is no quantity: of a meeting, a letter, a telephone."""
        self.text += self.digits(str(self.r.randint(2, 12) if self.text.endswith("ที่ ") else self.r.randint(100, 9999)))

    # dates

    def _month(self) -> None:
        y, m = self._some_month()
        self._date(f"เดือน{self._name(m)} {self.year(y)}", f"{y - 543}-{m:02}", (y, m, 1), (y, m, days_in(y, m)))

    def _months(self) -> None:
        (y1, m1), (y2, m2) = self._quarter_months()[0], self._quarter_months()[-1]
        text = f"เดือน{self._name(m1)} - {self._name(m2)} {self.year(y2)}"
        self._date(text, f"{y1 - 543}-{m1:02}/{y2 - 543}-{m2:02}", (y1, m1, 1), (y2, m2, days_in(y2, m2)))

    def _day(self) -> None:
        y, m = self._some_month()
        d = self.r.randint(1, days_in(y, m))
        text = f"{d}/{m}/{y}" if self.style.slashed else f"{d} {self._name(m)} "
        shown = self.digits(text) if self.style.slashed else self.digits(text) + self.year(y)
        self._date(f"วันที่ {shown}", f"{y - 543}-{m:02}-{d:02}", (y, m, d), (y, m, d))

    def _days(self) -> None:
        y, m = self._some_month()
        a = self.r.randint(1, 20)
        b = self.r.randint(a + 1, days_in(y, m))
        text = f"วันที่ {self.digits(str(a))} - {self.digits(str(b))} {self._name(m)} {self.year(y)}"
        self._date(text, f"{y - 543}-{m:02}-{a:02}/{y - 543}-{m:02}-{b:02}", (y, m, a), (y, m, b))

    def _date(self, text: str, edtf: str, start: tuple[int, int, int], end: tuple[int, int, int]) -> None:
        self.text += text
        self.dates.append({"edtf": edtf, "start": iso(start), "end": iso(end), "text": text})

    def _name(self, month: int) -> str:
        return (SHORT if self.style.short_month else LONG)[month - 1]

    def _quarter_months(self) -> list[tuple[int, int]]:
        first = (9 + 3 * (self.quarter - 1)) % 12 + 1
        return [(self.year_be - (self.quarter == 1), first + k) for k in range(3)]

    def _some_month(self) -> tuple[int, int]:
        return self.r.choice(self._quarter_months())

    def _place(self) -> None:
        self.text += self.r.choice(PLACES)

    def _topic(self) -> None:
        self.text += self.r.choice(TOPICS)


def days_in(year_be: int, month: int) -> int:
    return calendar.monthrange(year_be - 543, month)[1]


def iso(day: tuple[int, int, int]) -> str:
    return f"{day[0] - 543}-{day[1]:02}-{day[2]:02}"


def tell(r: Random, style: Style, year_be: int, quarter: int, items: int) -> Story:
    """A narrative: running text, or numbered items on lines of their own."""
    story = Story(r, style, year_be, quarter)
    numbered = r.random() < 0.4
    story.text = "งานที่ทำแล้วเรียงตามลำดับ คือ" if numbered else r.choice(OPENINGS)
    for k, activity in enumerate(r.sample(ACTIVITIES, items)):
        if numbered:
            story.text += f"\n{story.digits(str(k + 1))}. "
        elif k:
            story.text += r.choice((" ", " และ", " "))
        story.say(activity)
    if r.random() < 0.3:
        story.text += (f"\n{story.digits(str(items + 1))}. " if numbered else " ") + r.choice(SILENT)
    return story
