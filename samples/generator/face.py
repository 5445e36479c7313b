"""Typefaces of made reports: shaping by HarfBuzz, a stand-in for characters that the face lacks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import uharfbuzz as hb

ROOTS = ("/usr/share/fonts", "/usr/local/share/fonts")
FAMILIES = ("Loma", "Norasi", "Laksaman", "Garuda", "Kinnari", "Umpush", "Waree", "Sarabun", "NotoSansThai-Regular")


@dataclass(frozen=True)
class Glyph:
    """gid: glyph of the face. dx, dy, advance: em. start, end: the characters that it stands for."""

    gid: int
    dx: float
    dy: float
    advance: float
    start: int
    end: int


class Face:
    """One font file. `spare` is asked for characters that it lacks (☑ ☐). spacing: em added to every advance."""

    def __init__(self, path: Path, spare: Path | None = None, spacing: float = 0.0) -> None:
        self.path = path
        self.spacing = spacing
        self.font = hb.Font(hb.Face(path.read_bytes()))
        self.upem = self.font.face.upem
        self.spare = Face(spare) if spare else None
        self._widths: dict[str, float] = {}

    def has(self, char: str) -> bool:
        return self.font.get_nominal_glyph(ord(char)) is not None

    def shape(self, text: str) -> list[Glyph]:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self.font, buffer)
        infos, places = buffer.glyph_infos, buffer.glyph_positions
        after = dict(pairwise([*sorted({i.cluster for i in infos}), len(text)]))
        em = self.upem
        return [
            Glyph(i.codepoint, p.x_offset / em, p.y_offset / em, self._spaced(p.x_advance / em), i.cluster, after[i.cluster])
            for i, p in zip(infos, places, strict=True)
        ]

    def _spaced(self, advance: float) -> float:
        return advance + self.spacing if advance > 0 else advance

    def split(self, text: str) -> list[tuple[str, Face]]:
        """Stretches of text with the face that draws them."""
        out: list[tuple[str, Face]] = []
        for char in text:
            face = self.spare if self.spare and not self.has(char) and self.spare.has(char) else self
            if out and out[-1][1] is face:
                out[-1] = (out[-1][0] + char, face)
            else:
                out.append((char, face))
        return out

    def width(self, text: str, size: float) -> float:
        """In points."""
        if text not in self._widths:
            if len(self._widths) > 20000:
                self._widths.clear()
            self._widths[text] = sum(g.advance for part, face in self.split(text) for g in face.shape(part))
        return self._widths[text] * size


@lru_cache
def installed() -> dict[str, Path]:
    """Regular Thai faces on this machine, by file stem."""
    files = (f for root in ROOTS for f in sorted(Path(root).rglob("*")) if f.suffix in (".ttf", ".otf"))
    return {f.stem: f for f in files}


@lru_cache
def open_face(stem: str, spacing: float = 0.0) -> Face:
    """FileNotFoundError names what to install."""
    faces = installed()
    match = faces.get(stem) or faces.get(f"{stem}-Regular") or faces.get(stem + "-Roman")
    if match is None:
        raise FileNotFoundError(f"no font {stem}: install fonts-thai-tlwg, or name another with --fonts")
    spare = faces.get("DejaVuSans") or faces.get("NotoSansSymbols2-Regular")
    return Face(match, spare, spacing)


def families() -> list[str]:
    """Those of FAMILIES that this machine has."""
    have = installed()
    return [f for f in FAMILIES if any(k in have for k in (f, f"{f}-Regular", f + "-Roman"))]
