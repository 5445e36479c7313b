"""What a person in an office is told about a document: what happened, and what to do. One row a status and reason.

A row's texts may name {detail}. Where a reason has no row, its status' own row (reason None) speaks.
"""

from __future__ import annotations

from schemas.outcome import Status

Text = tuple[str, str]  # Thai, English

_TABLE: dict[tuple[Status, str | None], Text] = {
    (Status.READ, None): ("อ่านครบ", "Read completely."),
    (Status.PARTLY_READ, None): (
        "อ่านได้บางส่วน {detail} โปรดตรวจรายการที่อ่านได้กับต้นฉบับ",
        "Read in part: {detail}. Check the records against the original.",
    ),
    (Status.PARTLY_READ, "pages-unread"): (
        "อ่านได้บางส่วน หน้าที่อ่านไม่ได้: {detail} โปรดสแกนหน้านั้นใหม่ให้คมชัด (300 dpi) หรือส่งไฟล์ต้นฉบับ",
        "Read in part; pages that could not be read: {detail}. Scan them again (300 dpi) or send the original file.",
    ),
    (Status.PARTLY_READ, "fields-missing"): (
        "อ่านได้บางส่วน มีหัวข้อแต่อ่านค่าไม่ได้: {detail} โปรดตรวจกับต้นฉบับ",
        "Read in part; labels found without a value that could be read: {detail}. Check against the original.",
    ),
    (Status.PARTLY_READ, "pages-and-fields"): (
        "อ่านได้บางส่วน อ่านไม่ได้ทั้งบางหน้าและบางหัวข้อ: {detail} โปรดสแกนใหม่หรือส่งไฟล์ต้นฉบับ",
        "Read in part; pages and fields are missing: {detail}. Scan again or send the original file.",
    ),
    (Status.NOT_A_REPORT, None): (
        "อ่านได้ แต่ไม่ใช่แบบรายงานที่รู้จัก {detail}",
        "Readable, but no known report form. {detail}",
    ),
    (Status.NOT_A_REPORT, "no-form"): (
        "อ่านได้ แต่ไม่ใช่แบบรายงานที่รู้จัก หากเป็นรายงานแบบอื่น เพิ่มแบบได้ตาม docs/adding-a-form.md",
        "Readable, but no known report form. If it is a report of another form, add the form as docs/adding-a-form.md shows.",
    ),
    (Status.NOT_A_REPORT, "form-incomplete"): (
        "อ่านได้ แต่ไม่ครบตามแบบ แบบที่ใกล้ที่สุดและสิ่งที่ขาด: {detail}",
        "Readable, but too little of any form. Nearest form and what it lacks: {detail}",
    ),
    (Status.UNSUPPORTED, None): (
        "ไม่รองรับไฟล์ชนิดนี้ ({detail}) โปรดบันทึกเป็น PDF หรือ DOCX แล้วส่งใหม่",
        "This kind of file is not read ({detail}). Save it as PDF or DOCX and try again.",
    ),
    (Status.UNSUPPORTED, "word"): (
        "ไม่รองรับเอกสารรูปแบบเก่าหรือรูปแบบอื่น ({detail}) โปรดเปิดแล้วบันทึกเป็น DOCX หรือ PDF",
        "This document format is not read ({detail}). Open it and save it as DOCX or PDF.",
    ),
    (Status.UNSUPPORTED, "sheet"): (
        "ไม่รองรับตารางคำนวณ ({detail}) โปรดพิมพ์หรือส่งออกเป็น PDF",
        "Spreadsheets are not read ({detail}). Print or export it as PDF.",
    ),
    (Status.UNSUPPORTED, "slides"): (
        "ไม่รองรับงานนำเสนอ ({detail}) โปรดส่งออกเป็น PDF",
        "Presentations are not read ({detail}). Export it as PDF.",
    ),
    (Status.UNSUPPORTED, "mail"): (
        "ไม่รองรับอีเมล ({detail}) โปรดบันทึกไฟล์แนบออกมาแล้วส่งไฟล์นั้น",
        "E-mails are not read ({detail}). Save the attachments and give those.",
    ),
    (Status.UNSUPPORTED, "archive"): (
        "ไม่รองรับไฟล์บีบอัดชนิดนี้ ({detail}) โปรดแตกไฟล์ หรือบีบอัดเป็น ZIP",
        "This kind of archive is not read ({detail}). Unpack it, or pack it as ZIP.",
    ),
    (Status.UNSUPPORTED, "picture"): (
        "ไม่รองรับรูปภาพชนิดนี้ ({detail}) โปรดบันทึกเป็น PNG, JPEG, TIFF หรือ PDF",
        "This kind of picture is not read ({detail}). Save it as PNG, JPEG, TIFF or PDF.",
    ),
    (Status.UNSUPPORTED, "data"): (
        "ไฟล์ข้อมูล ({detail}) ไม่ใช่เอกสารรายงาน โปรดส่งรายงานเป็น PDF, DOCX หรือข้อความ",
        "A data file ({detail}) is no report. Give the report as PDF, DOCX or text.",
    ),
    (Status.UNSUPPORTED, "binary"): (
        "เนื้อไฟล์ไม่ใช่ข้อความ โปรดตรวจว่าส่งไฟล์ถูกต้อง แล้วบันทึกเป็น PDF หรือ DOCX",
        "The file holds no text. Check that it is the right file, and save it as PDF or DOCX.",
    ),
    (Status.UNSUPPORTED, "not-a-file"): (
        "ไม่ใช่ไฟล์ธรรมดา (เช่น ท่อหรืออุปกรณ์) โปรดระบุไฟล์เอกสาร",
        "Not a regular file (a pipe or device, say). Name a document.",
    ),
    (Status.UNSUPPORTED, "archive-in-archive"): (
        "ไฟล์บีบอัดซ้อนอยู่ในไฟล์บีบอัด โปรดแตกไฟล์ชั้นในก่อน",
        "An archive inside an archive. Unpack the inner one first.",
    ),
    (Status.UNSUPPORTED, "unsafe-name"): (
        "ชื่อไฟล์ในไฟล์บีบอัดชี้ออกนอกโฟลเดอร์ จึงไม่อ่าน โปรดบีบอัดใหม่",
        "The member's name points outside the archive; it was not read. Pack the files anew.",
    ),
    (Status.UNSUPPORTED, "link"): (
        "เป็นทางลัด (link) ในไฟล์บีบอัด ไม่ใช่เอกสาร โปรดใส่ไฟล์จริง",
        "A link inside the archive, no document. Pack the file itself.",
    ),
    (Status.UNSUPPORTED, "compression"): (
        "วิธีบีบอัดของไฟล์นี้ไม่รองรับ โปรดบีบอัดเป็น ZIP แบบปกติ",
        "Packed with a method that is not read. Pack it as an ordinary ZIP.",
    ),
    (Status.ENCRYPTED, None): (
        "ไฟล์มีรหัสผ่าน โปรดเปิดแล้วบันทึกใหม่โดยไม่ตั้งรหัสผ่าน",
        "The file needs a password. Open it and save it again without one.",
    ),
    (Status.ENCRYPTED, "zip-password"): (
        "ไฟล์ในไฟล์บีบอัดมีรหัสผ่าน โปรดแตกไฟล์แล้วส่งโดยไม่ใส่รหัส",
        "The member needs a password. Unpack the archive and give the files.",
    ),
    (Status.EMPTY, None): ("ไฟล์ว่าง ไม่มีข้อความ โปรดตรวจไฟล์ต้นฉบับ", "The file is empty. Check the original."),
    (Status.EMPTY, "no-bytes"): (
        "ไฟล์มีขนาด 0 ไบต์ อาจคัดลอกไม่สำเร็จ โปรดคัดลอกใหม่",
        "The file has 0 bytes; copying may have failed. Copy it again.",
    ),
    (Status.EMPTY, "no-pages"): ("เอกสารไม่มีหน้าใดเลย โปรดสร้างไฟล์ใหม่", "The document has no pages. Make the file anew."),
    (Status.EMPTY, "blank-pages"): ("ทุกหน้าว่าง ไม่มีข้อความหรือรูป โปรดตรวจต้นฉบับ", "Every page is blank. Check the original."),
    (Status.EMPTY, "no-members"): ("ไฟล์บีบอัดไม่มีไฟล์อยู่ภายใน", "The archive holds no files."),
    (Status.DAMAGED, None): (
        "ไฟล์เสียหาย เปิดไม่ได้ โปรดขอไฟล์ต้นฉบับหรือบันทึกใหม่",
        "The file is damaged and does not open. Ask for the original or save it again.",
    ),
    (Status.DAMAGED, "not-a-pdf"): (
        "ชื่อไฟล์เป็น .pdf แต่เนื้อไฟล์ไม่ใช่ PDF โปรดบันทึกเป็น PDF ใหม่",
        "Named .pdf, but it is no PDF. Save it as PDF again.",
    ),
    (Status.DAMAGED, "cut"): (
        "ไฟล์ขาดหรือเสียหาย อาจดาวน์โหลดไม่ครบ โปรดดาวน์โหลดหรือคัดลอกใหม่",
        "The file is cut short or broken, perhaps by a download. Download or copy it again.",
    ),
    (Status.DAMAGED, "pages-lost"): (
        "ไฟล์มีหน้า แต่โครงสร้างเสียจนเปิดไม่ได้ ({detail}) โปรดเปิดด้วยโปรแกรมอื่นแล้วสั่งพิมพ์เป็น PDF ใหม่ หรือขอไฟล์ต้นฉบับ",
        "The file has pages, but its structure is too broken to open them ({detail}). Open it with another program and print it "
        "to PDF anew, or ask for the original.",
    ),
    (Status.DAMAGED, "not-a-picture"): (
        "ไฟล์รูปเสียหาย เปิดไม่ได้ โปรดสแกนหรือบันทึกใหม่",
        "The picture is damaged and does not open. Scan or save it again.",
    ),
    (Status.DAMAGED, "cannot-open"): (
        "เปิดไฟล์ไม่ได้ ({detail}) โปรดตรวจสิทธิ์การอ่านไฟล์",
        "The file cannot be opened ({detail}). Check that you may read it.",
    ),
    (Status.DAMAGED, "encoding"): (
        "อ่านตัวอักษรในไฟล์ไม่ได้ (ไม่ใช่ UTF-8, UTF-16 หรือ TIS-620) โปรดบันทึกเป็น UTF-8",
        "The text is in no known encoding (UTF-8, UTF-16, TIS-620). Save it as UTF-8.",
    ),
    (Status.DAMAGED, "zip"): (
        "ไฟล์ ZIP หรือ DOCX เสียหาย ({detail}) โปรดบันทึกหรือบีบอัดใหม่",
        "The ZIP or DOCX is damaged ({detail}). Save or pack it again.",
    ),
    (Status.DAMAGED, "doctype"): (
        "ไฟล์ DOCX มีส่วนที่ไม่ปลอดภัย (DTD) จึงไม่อ่าน โปรดบันทึกใหม่ด้วย Word",
        "The DOCX holds an unsafe part (a DTD) and was not read. Save it again with Word.",
    ),
    (Status.TOO_LARGE, None): (
        "ไฟล์ใหญ่หรือซับซ้อนเกินกำหนด ({detail}) โปรดแบ่งเป็นไฟล์เล็กลง",
        "The file is larger or more complex than allowed ({detail}). Split it.",
    ),
    (Status.TOO_LARGE, "zip-bomb"): (
        "ข้อมูลที่บีบอัดไว้ขยายใหญ่ผิดปกติ จึงไม่อ่าน โปรดบันทึกหรือบีบอัดใหม่",
        "The packed content is abnormally large and was not read. Save or pack it again.",
    ),
    (Status.TOO_LARGE, "pixels"): (
        "รูปใหญ่เกินกำหนด ({detail}) โปรดสแกนที่ 300 dpi หรือลดขนาดรูป",
        "The picture is larger than allowed ({detail}). Scan at 300 dpi or make it smaller.",
    ),
    (Status.NO_TEXT, None): (
        "เป็นภาพสแกนที่อ่านตัวอักษรไม่ได้ โปรดสแกนใหม่ให้คมชัด (300 dpi) หรือส่งไฟล์ต้นฉบับ",
        "A scan whose text could not be read. Scan it again (300 dpi) or send the original file.",
    ),
    (Status.TIMEOUT, None): (
        "ใช้เวลาอ่านนานเกินกำหนด จึงหยุดอ่านไฟล์นี้ โปรดพิมพ์เป็น PDF ใหม่แล้วลองอีกครั้ง",
        "Reading took too long and was stopped. Print it to a new PDF and try again.",
    ),
    (Status.MEMORY_LIMIT, None): (
        "ใช้หน่วยความจำเกินกำหนด จึงหยุดอ่านไฟล์นี้ โปรดแบ่งไฟล์หรือพิมพ์เป็น PDF ใหม่",
        "Reading needed too much memory and was stopped. Split it or print it to a new PDF.",
    ),
    (Status.CRASHED, None): (
        "ไฟล์นี้ทำให้โปรแกรมอ่านหยุดทำงาน ({detail}) ไฟล์อื่นไม่กระทบ โปรดพิมพ์เป็น PDF ใหม่ หรือแจ้งผู้ดูแล",
        "The file brought its reader down ({detail}); others are not affected. Print it to a new PDF, or report it.",
    ),
}
_KINDS = {  # why a media type is unsupported: which row speaks
    "application/msword": "word",
    "application/rtf": "word",
    "application/vnd.oasis.opendocument.text": "word",
    "application/epub+zip": "word",
    "multipart/related": "word",
    "application/vnd.ms-excel": "sheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "sheet",
    "application/vnd.oasis.opendocument.spreadsheet": "sheet",
    "application/vnd.ms-powerpoint": "slides",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "slides",
    "application/vnd.oasis.opendocument.presentation": "slides",
    "message/rfc822": "mail",
    "application/vnd.ms-outlook": "mail",
    "text/csv": "data",
    "text/tab-separated-values": "data",
    "application/json": "data",
    "application/xml": "data",
}


def message(status: Status, reason: str | None, detail: str = "", media_type: str = "") -> Text:
    """The message for a person, in Thai and English. detail: what the row's {detail} stands for."""
    key = reason
    if status is Status.UNSUPPORTED and reason == "media-type":
        key, detail = _kind(media_type), media_type
    row = _TABLE.get((status, key)) or _TABLE[status, None]
    shown = detail or reason or ""
    return row[0].replace("{detail}", shown).strip(), row[1].replace("{detail}", shown).strip()


def _kind(media_type: str) -> str | None:
    if media_type.startswith("image/"):
        return "picture"
    if media_type.endswith(("rar", "7z-compressed", "x-tar", "gzip", "bzip2", "x-xz", "zip")) and media_type not in _KINDS:
        return "archive"
    return _KINDS.get(media_type)


def rows() -> dict[tuple[Status, str | None], Text]:
    """The whole table, for tests and docs."""
    return dict(_TABLE)
