"""Made Thai KPI reports from a seed, with exact gold: `python -m samples.generator OUT --count 1000 --seed 7`.

story.py    sentences of office language with their dates and quantities
report.py   a whole report: its record (gold) and its blocks (what is printed)
page.py     blocks to pages: wrapped lines, tables, boxes in points
pdf.py      pages to PDF, with the text layer that a chosen producer's damage leaves
scan.py     PDF pages to pictures, degraded as office scans are
files.py    the same blocks as text, Markdown, HTML, DOCX
strangers.py  documents that are no KPI reports

Everything is invented: offices are real, what is said of them is not.
"""
