"""`python -m samples.generator.shelf`: makes the sample reports in samples/ again (all but the hand-written ones)."""

from __future__ import annotations

from pathlib import Path

from samples.generator.__main__ import document

ROOT = Path(__file__).resolve().parents[1]
# folder: (form, kind, records, font, what it is)
SHELF = {
    "annual-pdf": ("annual", "pdf:none", 1, "Laksaman", "an annual report with a sound text layer"),
    "annual-docx": ("annual", "docx", 1, "Loma", "an annual report as a Word document"),
    "annual-am-all": ("annual", "pdf:am-all", 1, "Norasi", "text layer in which every า is written ำ"),
    "pledge-mojibake": ("pledge", "pdf:mojibake", 1, "Loma", "text layer whose Thai bytes were read as Latin-1"),
    "annual-two-indicators": ("annual", "pdf:none", 2, "Kinnari", "one PDF with two indicators"),
    "page-html": ("page", "html", 1, "Loma", "the indicator web page, saved"),
    "pledge-scan": ("pledge", "scan:jpeg:200", 1, "Norasi", "a scan: noisy JPEG at 200 dpi, no text layer"),
}
SOURCE = """# {folder}

{what}. Made by `python -m samples.generator.shelf` from a seed: the office exists, all else is invented.
`record.json` is what `thaikpi extract` prints for it{checked}.
"""
CHECKED = "; it was compared with the generator's own gold"


def main() -> None:
    for folder, (form, kind, records, font, what) in SHELF.items():
        data, ending, _, _ = document(f"shelf/{folder}", form, kind, [font], records)
        target = ROOT / folder
        target.mkdir(exist_ok=True)
        (target / f"report.{ending}").write_bytes(data)
        text = SOURCE.format(folder=folder, what=what[0].upper() + what[1:], checked=CHECKED)
        (target / "SOURCE.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
