"""What a reading depends on beside the document's bytes: the program, the forms, a second reader and thresholds. Part of the
journal's key, so that a newer program or a changed form reads again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from extract.ocr.tesseract import Tesseract
from thaikpi.settings import Trust

_ROOMS = ("schemas", "normalize", "extract", "thaikpi")
_PARSERS = ("pypdfium2", "pdfminer.six", "pikepdf", "lxml", "regex", "pillow", "onnxruntime", "opencv-python-headless")
_LARGE = 1 << 20  # models: by name and size


def reading_version(forms: Iterable[Path], second_reader: Tesseract | None = None, trust: Trust | None = None) -> str:
    """16 hex digits."""
    digest = hashlib.sha256()
    digest.update(repr(trust or Trust()).encode())
    if second_reader is not None:
        digest.update(f"{second_reader.program}{second_reader.program.stat().st_size}".encode("utf-8", "surrogateescape"))
    digest.update("".join(f"{name}{metadata.version(name)}" for name in _PARSERS).encode())
    root = Path(__file__).resolve().parents[2]
    for folder in (*(root / room for room in _ROOMS), *forms):
        for path in _files(folder):
            digest.update(str(path.relative_to(folder.parent)).encode("utf-8", "surrogateescape"))
            size = path.stat().st_size
            digest.update(path.read_bytes() if size < _LARGE else str(size).encode())
    return digest.hexdigest()[:16]


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
