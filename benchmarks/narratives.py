"""How fast narratives are read: MB of UTF-8 a second on one core through all normalizers, and whether time grows with length.

    python benchmarks/narratives.py [FILE …]     default: the prose below, repeated; any UTF-8 text may be named

Times are processor seconds of this process (best of three): other work on the machine counts less, but it does count. Goal:
1 MB/s on a core that has nothing else to do.
The second table doubles hostile texts: a ratio near 2 is linear, near 4 quadratic.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

GOAL = 1.0  # MB a second
PROSE = """เดือนต.ค. 63 - ประชุมคณะทำงาน 2 ครั้ง มีผู้เข้าร่วม 45 คน กำหนดพื้นที่เป้าหมาย 12 แห่ง ตามหนังสือที่ กท 5018/1234 ลงวันที่ 15 ต.ค. 63
1. ระหว่างวันที่ 1 - 15 พฤศจิกายน 2563 ลงพื้นที่ตรวจตลาดและร้านอาหาร จำนวน 128 ร้าน ผ่านเกณฑ์ 121 ร้าน คิดเป็นร้อยละ 94.53
2. เบิกจ่ายงบประมาณ 1,250,000.- บาท จากวงเงินที่ได้รับจัดสรร 2.5 ล้านบาท ภายในไตรมาสที่ 1 ของปีงบประมาณ พ.ศ. 2564
3. อบรมอาสาสมัครในวันที่ 5, 12 และ 19 ธันวาคม 2563 รุ่นละไม่น้อยกว่า 50 คน โดยใช้เวลาไม่เกิน 3 ชั่วโมงต่อรุ่น
สำนักงานเขตได้ประชาสัมพันธ์ผ่านกลุ่มไลน์ของชุมชนอย่างต่อเนื่องและติดตามผลการดำเนินงานเป็นประจำทุกเดือน ประชาชนให้ความร่วมมือเป็นอย่างดี
ตั้งแต่เดือนเม.ย. 64 เป็นต้นไป มีผู้ใช้บริการกว่า 200 รายต่อเดือน ผู้ตอบแบบสอบถามพึงพอใจระดับ ๔.๖๕ คะแนน (ข้อมูล ณ วันที่ ๓๐ กันยายน ๒๕๖๔)
"""
HOSTILE = {
    "1 - 1 - 1": "1 - ",
    "1,1,1": "1,",
    "วันที่ 1, วันที่ 1": "วันที่ 1, ",
    "ม.ค. ม.ค.": "ม.ค. ",
    "ปี 2564 - ปี 2564": "ปี 2564 - ",
    "digits": "1",
    "spaces": " ",
    "near months": "5 กรกฏ",
    "number words": "สิบ",
    "comparators": "ไม่น้อยกว่า",
    "brackets": "(1",
    "letters": "ก.",
}


def readers() -> dict[str, Callable[[str], object]]:
    from normalize.dates import find_dates
    from normalize.meanings import read_meanings
    from normalize.organisations import find_organizations

    def everything(text: str) -> None:
        read_meanings(text, 2564)
        find_organizations(text)

    return {
        "dates": lambda text: find_dates(text, 2564),
        "dates and quantities": lambda text: read_meanings(text, 2564),
        "organisations": find_organizations,
        "all": everything,
    }


def seconds(read: Callable[[str], object], texts: list[str]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            read(text)
        best = min(best, time.process_time() - start)
    return best


def pace() -> float:
    """Seconds an addition takes in Python here and now: what the speeds may be compared by."""
    start, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number
    return (time.process_time() - start) / 1e6


def main(names: list[str]) -> int:
    texts = [Path(name).read_text(encoding="utf-8") for name in names] or [PROSE] * 100
    size = sum(len(text.encode()) for text in texts) / 1e6
    known = readers()
    speeds = {}
    print(f"This core adds {1e-6 / pace():.0f} million numbers a second in Python.\n")
    print("| normalizer | MB/s |\n|---|---|")
    for name, read in known.items():
        read(PROSE)  # tables are loaded before the clock runs
        speeds[name] = size / seconds(read, texts)
        print(f"| {name} | {speeds[name]:.2f} |")
    print("\n| hostile text | time for twice the length |\n|---|---|")
    for name, fragment in HOSTILE.items():
        text = fragment * (40_000 // len(fragment))
        print(f"| {name} | × {seconds(known['all'], [text * 2]) / max(seconds(known['all'], [text]), 1e-6):.1f} |")
    return 0 if speeds["all"] >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
