"""The same blocks as plain text, Markdown, HTML and DOCX: inputs without pages. Their gold is the report's own."""

from __future__ import annotations

import html
import io
import zipfile

from samples.generator.contents import Block, Choice, Grid, Paragraph, Report

ZIP_TIME = (2024, 1, 1, 0, 0, 0)  # archives are the same whenever they are made


def line_of(block: Paragraph | Choice) -> str:
    if isinstance(block, Paragraph):
        return block.label + block.text
    return block.label + "   ".join(f"{'☑' if on else '☐'} {t}" for t, on in block.options)


def as_text(report: Report) -> bytes:
    """A paragraph a line, a blank line between; table cells in lines of their own rows."""
    out = []
    for block in report.blocks:
        if isinstance(block, Grid):
            out += ["\t".join(cell.replace("\n", " ") for cell in row) for row in block.rows]
        else:
            out += [line_of(block), ""]
    return ("\n".join(out) + "\n").encode()


def as_markdown(report: Report) -> bytes:
    out = []
    for block in report.blocks:
        if isinstance(block, Grid):
            rows = ["| " + " | ".join(c.replace("\n", "<br>") for c in row) + " |" for row in block.rows]
            out += [rows[0], "|" + "---|" * len(block.shares), *rows[1:], ""]
        else:
            out += [line_of(block).replace("*", "\\*").replace("_", "\\_").replace("\n", "\n\n"), ""]
    return ("\n".join(out) + "\n").encode()


def as_html(report: Report) -> bytes:
    parts = []
    for block in report.blocks:
        if isinstance(block, Grid):
            cells = ("".join(f"<td>{html.escape(c)}</td>" for c in row).replace("\n", "<br>") for row in block.rows)
            parts.append("<table border='1'>" + "".join(f"<tr>{c}</tr>" for c in cells) + "</table>")
        else:
            parts.append(f"<p>{html.escape(line_of(block))}</p>".replace("\n", "<br>\n"))
    head = "<!doctype html>\n<html lang='th'><head><meta charset='utf-8'><title></title></head>"
    return "\n".join([head, "<body>", *parts, "</body></html>\n"]).encode()


def as_docx(report: Report) -> bytes:
    """The least that Word opens: a document part and its relations."""
    space = "http://schemas.openxmlformats.org"
    body = "".join(_docx_block(b) for b in report.blocks)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{space}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{space}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, ZIP_TIME), '<?xml version="1.0" encoding="UTF-8"?>\n' + text)
    return buffer.getvalue()


def _docx_paragraph(text: str) -> str:
    return "".join(f'<w:p><w:r><w:t xml:space="preserve">{html.escape(t)}</w:t></w:r></w:p>' for t in text.split("\n"))


def _docx_block(block: Block) -> str:
    if not isinstance(block, Grid):
        return _docx_paragraph(line_of(block))
    rows = ("".join(f"<w:tc>{_docx_paragraph(c)}</w:tc>" for c in row) for row in block.rows)
    return "<w:tbl>" + "".join(f"<w:tr>{r}</w:tr>" for r in rows) + "</w:tbl>"


WRITERS = {"txt": as_text, "md": as_markdown, "html": as_html, "docx": as_docx}
