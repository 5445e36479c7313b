"""Own-written Thai reports as documents, for tests of forms and records."""

from __future__ import annotations

import hashlib

from extract.html import read_html
from extract.plain import read_plain
from schemas.document import Document

ANNUAL = """\
** ผลการดำเนินงานส่วนที่ 2 ผลสัมฤทธิ์การปฏิบัติงานตามแผนปฏิบัติการประจำปี แยกรายตัวชี้วัด **
หน่วยงาน : สำนักงานเขตบางรัก   ปีงบประมาณ พ.ศ. 2566
1. ชื่อตัวชี้วัด : ร้อยละของคลองที่ขุดลอกแล้วเสร็จ
2. ระดับความสำเร็จ : ☑ ผลผลิต (Output) ☐ ผลลัพธ์ (Outcome)
** สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี (ยุทธศาสตร์-ประเด็นยุทธศาสตร์-กลยุทธ์ตามแผนฯ /ตัวชี้วัด)
ประเด็นยุทธศาสตร์ : ด้านที่ ๑ ? มหานครปลอดภัย : Safe City
----- ย่อย : ๑.๓ - การป้องกันน้ำท่วม
เป้าประสงค์ที่ : ๑.๓.๒ น้ำระบายได้ภายในสามชั่วโมง
3. คำนียาม :
:: คลองที่ขุดลอก หมายถึง คลองในทะเบียนของเขต
4. วิธีการคำนวณ :
:: จำนวนคลองที่แล้วเสร็จ x 100 หารด้วยจำนวนคลองตามแผน
ระดับความสำเร็จ  ระดับที่ 1 (60 คะแนน)  ระดับที่ 2 (70 คะแนน)  ระดับที่ 3 (80 คะแนน)
5. เป้าหมาย : ไม่น้อยกว่า 80 (ร้อยละ)
: ผลงานที่ทำได้ = 85.00 (ร้อยละ)
6. รายงานผลการดำเนินงาน (รายไตรมาส) :
(6.1) ไตรมาสที่ 1 : เดือนพ.ย. 65 - สำรวจคลอง 12 แห่ง
(6.2) ไตรมาสที่ 2 : ขุดลอกแล้ว 5 แห่ง เมื่อวันที่ 9 ม.ค. 66
(6.3) ไตรมาสที่ 3 : -
(6.4) ไตรมาสที่ 4 : ขุดลอกครบ 17 แห่ง จาก 20 แห่ง คิดเป็นร้อยละ 85.00
(6.5) สรุปผลการดำเนินงาน (ปลายปีงบประมาณ) :
:: แล้วเสร็จ 17 แห่ง
7. ปัจจัยสนับสนุนการดำเนินงาน :
:: 1. ชุมชนช่วยแจ้งจุดอุดตัน
2. มีเรือขุดประจำเขต
8. อุปสรรคต่อการดำเนินงาน :
:: ไม่มี
9. หลักฐานอ้างอิง :
:: 1. ภาพถ่ายก่อนและหลัง
2. ทะเบียนคลอง
ลงชื่อ.....(ผู้รับผิดชอบโครงการ)
ตำแหน่ง .....
"""


def text_document(text: str, file: str = "report.txt") -> Document:
    return _document(text, file, "text/plain", read_plain(text.encode()))


def html_document(text: str, file: str = "report.html") -> Document:
    return _document(text, file, "text/html", read_html(text.encode()))


def _document(text: str, file: str, media_type: str, pages: object) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(file=file, sha256=digest, media_type=media_type, pages=tuple(pages))  # type: ignore[arg-type]


def changed(*edits: tuple[str, str]) -> str:
    """ANNUAL with every first text replaced by the second; each must be there."""
    text = ANNUAL
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return text
