"""number-uncertain: each trigger fires on its case and not on its nearest innocent look-alike."""

from __future__ import annotations

import msgspec
import pytest

from normalize import find_dates, find_quantities
from schemas.document import Line, Repair
from schemas.record import Provenance, Record, Score
from schemas.values import Quantity
from thaikpi.audit.closing import broken_share, broken_sum
from thaikpi.audit.uncertain import number_uncertain
from thaikpi.confidence import Signs, doubt, evidence, knots, log_odds, signs, weights
from thaikpi.doubt import Doubt
from thaikpi.places import Slice, other_reading
from thaikpi.settings import Trust


def proof(reading: str, sure: float, repairs: tuple[str, ...] = ()) -> dict[str, object]:
    return {"places": [], "reading": reading, "confidence": sure, "repairs": list(repairs)}


def record(narrative: str, reading: str = "ocr", sure: float = 0.99, repairs: tuple[str, ...] = ()) -> Record:
    """A record whose first quarter holds the narrative; every number equally sure."""
    quantities = [q.value for q in find_quantities(narrative)]
    proofs = {f"/quarters/0/quantities/{k}": proof(reading, sure, repairs) for k in range(len(quantities))}
    empty = {"narrative": None, "dates": [], "quantities": []}
    quarter = {"start": None, "end": None, "value": None}
    quarters = [{"quarter": q, **quarter, **empty} for q in (1, 2, 3, 4)]
    quarters[0] |= {"narrative": narrative, "quantities": msgspec.to_builtins(quantities)}
    whole = {
        "record_id": "r", "form": "f", "source": {"sha256": "0", "file": "f", "ordinal": 1, "pages": None, "reading": reading},
        "organization": {"name": None, "code": None, "agency_code": None, "inferred": False},
        "fiscal_year": {"be": None, "start": None, "end": None, "inferred": False},
        "indicator": {"name": "n", "code": None, "level": None}, "work": None,
        "strategy": {"issue": None, "sub_issue": None, "goal": None}, "definition": None, "calculation": None, "scoring": [],
        "target": None, "result": None, "components": [], "series": [], "quarters": quarters, "summary": empty,
        "supporting_factors": None, "obstacles": None, "evidence": None, "signature": {"name": None, "position": None},
        "unread": [], "provenance": {"/quarters/0/narrative": proof(reading, sure), **proofs},
    }  # fmt: skip
    return msgspec.convert(whole, Record)


def unsure(r: Record, member: int) -> Record:
    """The record with one number a little less sure than the others."""
    pointer = f"/quarters/0/quantities/{member}"
    return msgspec.structs.replace(
        r, provenance=r.provenance | {pointer: msgspec.structs.replace(r.provenance[pointer], confidence=0.97)}
    )


def flagged(r: Record) -> list[tuple[str, str | None]]:
    return [(f.where[0], f.expected) for f in number_uncertain(r)]


def test_low_confidence_fires_and_high_does_not() -> None:
    assert flagged(record("อบรม 12 คน", sure=0.5)) == [("/quarters/0/quantities/0", None)]
    assert flagged(record("อบรม 12 คน", sure=0.99)) == []


def test_clean_text_layer_is_never_flagged() -> None:
    assert flagged(record("แก้ไข 8 เรื่อง จาก 10 เรื่อง คิดเป็นร้อยละ 95.00", reading="text", sure=0.1)) == []


def test_repaired_text_layer_is_flagged_when_unsure() -> None:
    assert flagged(record("อบรม 12 คน", reading="text", sure=0.4, repairs=("mojibake",))) != []
    assert flagged(record("อบรม 12 คน", reading="text", sure=0.99, repairs=("sara-am",))) == []


@pytest.mark.parametrize("odd", ["ใช้ไป 287.960.25 บาท", "ใช้ไป 12,34 บาท"])
def test_odd_separator(odd: str) -> None:
    assert flagged(record(odd)) == [("/quarters/0/quantities/0", None)]


@pytest.mark.parametrize("even", ["ใช้ไป 287,960.25 บาท", "ใช้ไป 12.34 บาท", "ใช้ไป 1,234 บาท"])
def test_even_separators(even: str) -> None:
    assert flagged(record(even)) == []


def test_share_that_does_not_follow_offers_the_one_digit_that_closes() -> None:
    wrong = "แก้ไขแล้ว 60 เรื่อง จาก 209 เรื่อง คิดเป็นร้อยละ 23.71"
    assert flagged(record(wrong)) == [("/quarters/0/quantities/2", "28.71")]
    assert flagged(record(wrong.replace("23.71", "28.71"))) == []


def test_sum_that_its_parts_do_not_give() -> None:
    wrong = "ผู้เข้าร่วม ชาย 22 คน หญิง 35 คน รวม 87 คน"
    assert flagged(unsure(record(wrong), 2)) == [("/quarters/0/quantities/2", "57")]
    assert flagged(unsure(record(wrong), 1)) == [("/quarters/0/quantities/1", "65")]
    assert flagged(unsure(record(wrong.replace("87", "57")), 2)) == []


def test_sum_that_several_digits_could_close_offers_none() -> None:
    text = "ชาย 22 คน หญิง 35 คน รวม 58 คน"  # 23 + 35, 22 + 36 and 57 would all close
    assert len(next(broken_sum(text, find_quantities(text))).mends) == 3
    assert flagged(record(text)) == [("/quarters/0/quantities/0", None)]


def test_parts_of_another_unit_are_no_sum() -> None:
    text = "อบรม 22 คน ใช้เวลา 3 วัน รวม 40 คน"
    assert list(broken_sum(text, find_quantities(text))) == []
    assert list(broken_share(text, find_quantities(text))) == []


def dated(narrative: str, reading: str = "ocr") -> Record:
    """A record of fiscal year 2564 with its dates proven."""
    r = record(narrative, reading)
    dates = [d.value for d in find_dates(narrative, 2564)]
    proofs = {f"/quarters/0/dates/{k}": msgspec.convert(proof(reading, 0.99), Provenance) for k in range(len(dates))}
    quarters = [msgspec.structs.replace(r.quarters[0], dates=dates), *r.quarters[1:]]
    year = msgspec.structs.replace(r.fiscal_year, be=2564)
    return msgspec.structs.replace(r, quarters=quarters, fiscal_year=year, provenance=r.provenance | proofs)


@pytest.mark.parametrize("strange", ["วันที่ 31 ก.พ. 64", "วันที่ 5 มกราคม 2594"])
def test_dates_that_cannot_be_or_lie_far_away(strange: str) -> None:
    assert flagged(dated(f"ประชุม{strange}")) == [("/quarters/0/dates/0", None)]
    assert flagged(dated(f"ประชุม{strange}", reading="text")) == []


@pytest.mark.parametrize("usual", ["วันที่ 28 ก.พ. 64", "วันที่ 5 มกราคม 2563", "เดือนมกราคม"])
def test_dates_near_the_fiscal_year(usual: str) -> None:
    assert flagged(dated(f"ประชุม{usual}")) == []


def test_thai_digits_are_offered_in_thai() -> None:
    assert flagged(unsure(record("ชาย ๒๒ คน หญิง ๓๕ คน รวม ๘๗ คน"), 2)) == [("/quarters/0/quantities/2", "๕๗")]


def ocr_line(text: str, low: int, sure: float) -> Line:
    return Line(text=text, printed=text, reading="ocr", certainty=tuple(sure if k == low else 0.999 for k in range(len(text))))


def test_a_number_shows_its_least_sure_digit_and_a_text_the_mean() -> None:
    line = ocr_line("125 คน", 1, 0.6)
    assert signs([Slice(1, line, 0, 6)]) == Signs(
        own=log_odds(0.6), support=log_odds(0.6), near=log_odds(0.999), line=doubt(line.confidence), digits=3.0
    )
    assert signs([Slice(1, line, 4, 6)]) is None  # no digit in it
    assert 0.9 < evidence([Slice(1, line, 0, 6)], "text").raw < 0.999


def test_each_sign_lowers_a_numbers_confidence() -> None:
    sure = ocr_line("อบรม 125 คน", 0, 0.999)
    best = evidence([Slice(1, sure, 5, 11)], "number").raw
    for worse in (
        ocr_line("อบรม 125 คน", 6, 0.6),
        ocr_line("อบรม 125 คน", 9, 0.6),
        msgspec.structs.replace(sure, support=(*[0.99] * 6, 0.0, *[0.99] * 4)),
        msgspec.structs.replace(sure, confidence=0.8),
    ):
        assert evidence([Slice(1, worse, 5, 11)], "number").raw < best


def test_evidence_of_repairs_is_the_least_sure_one_inside() -> None:
    line = Line(text="กำหนด", printed="กาหนด", repairs=(Repair("lost-am", 1, 2, 1, 2, 0.7),))
    assert evidence([Slice(1, line, 0, 5)], "text")[0::2] == ("repaired", 0.7)
    assert evidence([Slice(1, line, 3, 5)], "text")[0::2] == ("text", 1.0)


def test_calibration_rises() -> None:
    for points in knots().values():
        assert list(points) == sorted(points)
        assert [y for _, y in points] == sorted(y for _, y in points)
        assert all(0 <= y <= 1 for _, y in points)
    assert min(weights()[:-1]) >= 0
    assert doubt(0.0) == 0.0
    assert doubt(1.0) == pytest.approx(4.0)


def test_provenance_type_is_the_contracts() -> None:
    assert Provenance.__struct_fields__ == ("places", "reading", "confidence", "repairs")


@pytest.mark.parametrize(
    "misread",
    [
        "ใช้เวลา ร3 วัน",  # a single letter joined to it: 53
        "คิดเป็นร้อยละ 45 35 ของเป้าหมาย",  # the dot was lost
        "คิดเป็นร้อยละ 45.,35",
        "คิดเป็นร้อยละ 45;35 ของเป้าหมาย",
        "จัดสรร ๔๖9 บาท",  # digits of two scripts
        "เพิ่มขึ้นร้อยละ -98.85",
        "ร5.50 คะแนน",
        "คิดเป็นร้อยละ 53.7ร",
        "ฉีดวัคซีน 58่9 ตัว",  # a speck over a digit
        "๒.- เบิกจ่ายแล้ว",  # a list number with a speck behind it
    ],
)
def test_shapes_of_misread_numbers(misread: str) -> None:
    assert [where for where, _ in flagged(record(misread))] == ["/quarters/0/quantities/0"]
    assert flagged(record(misread, reading="text")) == []


@pytest.mark.parametrize(
    "usual",
    [
        "ใช้เวลา 53 วัน", "ปลูกต้นไม้พ.ศ. 2564 จำนวน 3 ต้น", "คิดเป็นร้อยละ 45 2) อบรม", "คิดเป็นร้อยละ 45.35 ของเป้าหมาย", "จัดสรร 469 บาท",
        "จัดสรร ๔๖๙ บาท", "ใช้ 25 - 30 คน", "เพิ่มขึ้น - ร้อยละ 98.85", "ใช้ไป 500.- บาท", "1. อบรม 20 คน", "อบรมอสม.20 คน",
        "คิดเป็นร้อยละ 910",
    ],
)  # fmt: skip
def test_their_innocent_look_alikes(usual: str) -> None:
    assert flagged(record(usual)) == []


def test_a_list_number_that_lost_its_dot() -> None:
    lost = "ดังนี้\n๑. อบรม ๓๐ คน\n๒ ครัวเรือนที่คัดแยกขยะ ๔๕ ครัวเรือน\n๓. ปลูกต้นไม้ ๖ ต้น"
    assert flagged(record(lost)) == [("/quarters/0/quantities/1", None)]
    assert flagged(record(lost.replace("\n๒ ค", "\n๒. ค"))) == []
    assert flagged(record("ดังนี้\n๑. อบรม ๒ ครั้ง\n๒. ปลูกต้นไม้ ๖ ต้น")) == []


def test_a_count_that_is_the_year_of_a_broken_date() -> None:
    assert flagged(dated("ประชุมในเดือนมิ.ย: 2564 ชุด")) == [("/quarters/0/quantities/0", None)]
    assert flagged(dated("ประชุมในเดือนมิ.ย. มี 2564 ชุด")) == []
    assert flagged(dated("ประชุมในเดือนมิ.ย: 2560 ชุด")) == []


def test_digits_and_words_disagree() -> None:
    assert flagged(record("ใช้ไป 2,000 บาท (สามพันบาทถ้วน)")) == [("/quarters/0/quantities/0", None)]
    assert flagged(record("ใช้ไป 2,000 บาท (สองพันบาทถ้วน)")) == []
    assert flagged(record("ใช้ไป 2,000 บาท (สามพันบาทถ้วน)", reading="text")) == []


def stated(narrative: str, result: str, quarters: tuple[str, ...] = (), reading: str = "ocr") -> Record:
    """A record whose summary holds the narrative, with a result in percent and quarters' figures; the result less sure."""
    r = record("", reading)
    quantities = [q.value for q in find_quantities(narrative)]
    where = {"/result": (result, 0.97), "/summary/narrative": (narrative, 0.99)}
    where |= {f"/summary/quantities/{k}": (q.text or "", 0.99) for k, q in enumerate(quantities)}
    where |= {f"/quarters/{k}/value": (text, 0.99) for k, text in enumerate(quarters)}
    proofs = {
        pointer: msgspec.convert(
            proof(reading, sure) | {"places": [{"page": 1, "bbox": None, "line": None, "text": text}]}, Provenance
        )
        for pointer, (text, sure) in where.items()
    }
    values = [*(float(text) for text in quarters), *([None] * (4 - len(quarters)))]
    return msgspec.structs.replace(
        r, provenance=proofs, summary=msgspec.structs.replace(r.summary, narrative=narrative, quantities=quantities),
        result=Quantity(value=float(result), unit="percent", unit_text="ร้อยละ", text=result),
        quarters=[msgspec.structs.replace(q, value=v) for q, v in zip(r.quarters, values, strict=True)],
    )  # fmt: skip


def test_a_figure_one_digit_from_its_twin_in_the_summary() -> None:
    assert flagged(stated("สรุปผลร้อยละ 93.45", "98.45")) == [("/result", "93.45")]
    assert flagged(stated("สรุปผลร้อยละ 93.45", "98.45", reading="text")) == []
    for other in ("สรุปผลร้อยละ 98.45", "สรุปผลร้อยละ 93.54", "สรุปผล 93.45 คะแนน", "สรุปผลร้อยละ 93.45 เดิมร้อยละ 98.45"):
        assert flagged(stated(other, "98.45")) == []


def test_quarters_that_one_digit_keeps_from_the_result() -> None:
    assert flagged(stated("", "899", ("100", "200", "300", "299"))) == []
    assert flagged(stated("", "399", ("100", "200", "300", "299"))) == [("/result", "899")]
    assert flagged(stated("", "299", ("100", "200", "300", "299"))) == []  # the last quarter is the year's figure
    assert flagged(stated("", "412", ("100", "200", "300", "299"))) == []  # the report's own matter
    assert flagged(stated("", "869", ("100", "200", "300", "299"))) == []  # two digits could be it


@pytest.mark.parametrize(
    ("scores", "doubted"),
    [
        ((60, 70, 89, 90, 100), [("/scoring/2", "80")]),
        ((60, 70, 80, 90, 100), []),
        ((1, 2, 5, 8, 9), []),  # uneven, and no one digit makes it even
    ],
)
def test_levels_out_of_step(scores: tuple[int, ...], doubted: list[tuple[str, str]]) -> None:
    levels = [Score(level=k, score=float(score), comparator="=") for k, score in enumerate(scores, 1)]
    proofs = {f"/scoring/{k}": msgspec.convert(proof("ocr", 0.99), Provenance) for k in range(5)}
    r = record("")
    assert flagged(msgspec.structs.replace(r, scoring=levels, provenance=r.provenance | proofs)) == doubted


def scored(*levels: tuple[int, int]) -> list[str]:
    """Pointers doubted in a scan whose table of levels reads so."""
    r, found = record(""), [Score(level=level, score=float(score), comparator="=") for level, score in levels]
    proofs = {f"/scoring/{k}": msgspec.convert(proof("ocr", 0.99), Provenance) for k in range(len(levels))}
    return [at for at, _ in flagged(msgspec.structs.replace(r, scoring=found, provenance=r.provenance | proofs))]


def test_a_quarter_with_other_decimals_than_the_others() -> None:
    assert flagged(stated("", "1", ("210.35", "198.20", "77.10", "303.3"))) == [("/quarters/3/value", None)]
    assert flagged(stated("", "1", ("210.35", "198.2", "77.10", "303.3"))) == []
    assert flagged(stated("", "1", ("210.35", "198.20", "77.10", "303.3"), reading="text")) == []


def test_levels_that_do_not_count_up() -> None:
    assert len(scored((1, 60), (2, 70), (4, 80), (4, 90), (5, 100))) == 5
    assert len(scored((1, 60), (3, 83), (4, 90), (5, 109))) == 4
    assert scored((1, 60), (2, 70), (4, 90), (5, 100)) == []  # a level was not read, the others are right


def test_another_reading_of_the_same_ink_is_told() -> None:
    line = Line(text="125 คน", printed="125 คน", reading="ocr", otherwise=("1", "7", "5", " ", "ค", "น"))
    assert other_reading([Slice(1, line, 0, 6)]) == "175 คน"
    assert other_reading([Slice(1, line, 4, 6)]) is None
    r = record("อบรม 125 คน")
    doubts = {"/quarters/0/quantities/0": (Doubt("อ่านอีกครั้งได้ 175 คน", "another look reads 175 คน", decides=False),)}
    assert list(number_uncertain(r, doubts)) == []
    assert "175 คน" in next(number_uncertain(record("อบรม 125 คน", sure=0.5), doubts)).message_en


def test_the_threshold_is_a_setting() -> None:
    r = record("อบรม 12 คน", sure=0.96)
    assert list(number_uncertain(r, trust=Trust(below=0.9))) == []
    assert len(list(number_uncertain(r, trust=Trust(below=0.97)))) == 1
