"""Small own-written reports for tests of whole runs, and ways to run the program as its users do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def annual(number: int = 1, *, target: str = "ร้อยละ 80", result: str = "85.50") -> str:
    """A short indicator report of the form bma-kpi-annual."""
    return f"""** ผลการดำเนินงานส่วนที่ 2 ผลสัมฤทธิ์การปฏิบัติงานตามแผนปฏิบัติการประจำปี แยกรายตัวชี้วัด **
หน่วยงาน : สำนักงานเขตบางนา     ปีงบประมาณ พ.ศ. 2565
1. ชื่อตัวชี้วัด : ร้อยละของสวนหย่อมที่ได้รับการปรับปรุง ลำดับที่ {number}
2. ระดับความสำเร็จ : ☑ ผลผลิต (Output)  ☐ ผลลัพธ์ (Outcome)
3. คำนิยาม :
:: สวนหย่อม หมายถึง พื้นที่สีเขียวริมถนนที่สำนักงานเขตดูแล
4. วิธีการคำนวณ :
:: จำนวนสวนที่ปรับปรุง x 100 หารด้วยจำนวนสวนทั้งหมด
5. เป้าหมาย : {target}
: ผลงานที่ทำได้ = {result} (ร้อยละ)
6. รายงานผลการดำเนินงาน (รายไตรมาส) :
(6.1) ไตรมาสที่ 1 : สำรวจสวนหย่อม {number + 10} แห่ง ในเดือนพฤศจิกายน 2564
(6.2) ไตรมาสที่ 2 : ปลูกไม้พุ่ม {number + 200} ต้น เมื่อวันที่ 31 กุมภาพันธ์ 2565
(6.3) ไตรมาสที่ 3 : ซ่อมทางเดิน 3 แห่ง
(6.4) ไตรมาสที่ 4 : ปรับปรุงแล้วเสร็จ 7 แห่ง
(6.5) สรุปผลการดำเนินงาน (ปลายปีงบประมาณ) :
:: ปรับปรุงสวนหย่อมครบตามแผน
7. ปัจจัยสนับสนุนการดำเนินงาน :
:: ชุมชนร่วมดูแล
8. อุปสรรคต่อการดำเนินงาน :
:: ไม่มี
9. หลักฐานอ้างอิง :
:: 1. ภาพถ่ายก่อนและหลัง
ลงชื่อ.....(ผู้รับผิดชอบโครงการ)
ตำแหน่ง .....
"""


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "thaikpi.cli", *map(str, words)]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "LC_ALL": "C"}


def thaikpi(*words: str | Path, timeout: float = 600) -> subprocess.CompletedProcess[str]:
    """Runs the program; standard output and error as text."""
    return subprocess.run(
        command(*words), env=environment(), capture_output=True, encoding="utf-8", timeout=timeout, check=False, cwd=ROOT
    )
