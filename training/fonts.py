"""Which typefaces a run may use. Faces are looked for under TRAINING_FONTS (colon-separated), see fetch_fonts.sh."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

HELD_OUT = ("Norasi", "Laksaman", "Garuda", "Sarabun")
DEFAULT_ROOTS = "/usr/share/fonts/truetype:training/.fonts"
SYMBOL_FACES = ("NotoSansSymbols2-Regular", "NotoSansSymbols-Regular", "DejaVuSans", "DejaVuSans-Bold")
# Text faces of offices count more than hands and display faces; 1 where nothing is said.
WEIGHT = {
    "Purisa": 0.3, "Charm": 0.25, "Charmonman": 0.15, "Chonburi": 0.2, "Itim": 0.4, "Pattaya": 0.2, "Sriracha": 0.3,
    "TlwgMono": 0.4, "TlwgTypewriter": 0.5, "TlwgTypist": 0.4, "TlwgTypo": 0.4, "ArundinaSansMono": 0.3, "Mali": 0.5,
    "Srisakdi": 0.15, "NotoSansThai": 2, "Niramit": 2.5, "Kinnari": 2.5, "Waree": 1.3, "Loma": 1.5, "Taviraj": 1.5,
    "NotoSansThaiLooped": 1.5, "IBMPlexSansThaiLooped": 1.5, "ArundinaSans": 1.5, "ArundinaSerif": 1.5, "Trirong": 1.5,
    "NotoSerifThai": 1.3, "K2D": 1.2, "Kodchasan": 1.2, "Umpush": 1.3, "Fahkwang": 0.7,
    "Sarabun": 3, "Laksaman": 3, "Norasi": 2.5, "Garuda": 2.5,
}  # fmt: skip
_THAI_FAMILIES = re.compile(
    "Anuphan|Arundina|Athiti|BaiJamjuree|Chakra|Charm|Chonburi|Fahkwang|Garuda|IBMPlexSansThai|Itim|K2D|Kanit|Kinnari|"
    "KoHo|Kodchasan|Krub|Laksaman|Loma|Maitree|Mali|Mitr|Niramit|Norasi|NotoLoopedThai|NotoS[a-z]+Thai|Pattaya|Pridi|"
    "Prompt|Purisa|Sarabun|Sawasdee|Sriracha|Srisakdi|Taviraj|Thasadith|Tlwg|Trirong|Umpush|Waree"
)


@dataclass
class Face:
    """One font file. `body`: height of ก in em; `high`: unshaped tone marks stand at full height."""

    path: Path
    family: str
    chars: frozenset[str]
    body: float
    high: bool

    def __post_init__(self) -> None:
        self._sizes: dict[tuple[int, bool], ImageFont.FreeTypeFont] = {}

    def at(self, px: int, basic: bool = False) -> ImageFont.FreeTypeFont:
        """The face at a size; basic = no shaping: tone marks stay high, as in TH Sarabun New and old programs."""
        if (px, basic) not in self._sizes:
            if len(self._sizes) > 12:
                self._sizes.pop(next(iter(self._sizes)))
            engine = ImageFont.Layout.BASIC if basic else ImageFont.Layout.RAQM
            self._sizes[px, basic] = ImageFont.truetype(str(self.path), px, layout_engine=engine)
        return self._sizes[px, basic]

    def covers(self, text: str) -> bool:
        return all(c in self.chars or c == " " for c in text)


def family_of(path: Path) -> str:
    name = re.split(r"[-_.]", path.name)[0]
    name = re.sub(r"\[.*", "", name)
    return {"NotoLoopedThai": "NotoSansThaiLooped"}.get(name, name)


def is_held_out(family: str) -> bool:
    return any(h in family for h in HELD_OUT)


def load_face(path: Path, need: str = "ก๕่") -> Face | None:
    """None where the file lacks the needed characters (Latin-only subsets) or cannot be read."""
    with TTFont(path, lazy=True) as font:
        chars = frozenset(map(chr, font.getBestCmap() or {}))
    if not set(need) <= chars:
        return None
    tone, vowel = _rows(path, "่"), _rows(path, "ี")
    high = bool(tone and vowel and tone[1] <= vowel[0] + 10)
    _, top, _, bottom = ImageFont.truetype(str(path), 200).getbbox("ก" if "ก" in chars else "x", anchor="ls")
    return Face(path, family_of(path), chars, max(0.2, (bottom - top) / 200), high)


def _rows(path: Path, char: str) -> tuple[int, int] | None:
    """First and last inked row of an unshaped character."""
    font = ImageFont.truetype(str(path), 200, layout_engine=ImageFont.Layout.BASIC)
    im = Image.new("L", (500, 500), 0)
    ImageDraw.Draw(im).text((250, 350), char, font=font, fill=255, anchor="ls")
    box = im.getbbox()
    return (box[1], box[3]) if box else None


def font_files() -> list[Path]:
    roots = os.environ.get("TRAINING_FONTS", DEFAULT_ROOTS).split(":")
    files = {f for root in roots for f in Path(root).rglob("*") if f.suffix in (".ttf", ".otf")}
    return sorted(files)


def families(which: str) -> dict[str, list[Face]]:
    """Faces by family. which: "train" (held-out families left out), "held" (only those) or "all"."""
    out: dict[str, list[Face]] = {}
    for path in font_files():
        family = family_of(path)
        if not _THAI_FAMILIES.search(path.name) or "UI" in family:
            continue
        if which != "all" and is_held_out(family) != (which == "held"):
            continue
        face = load_face(path)
        if face:
            out.setdefault(family, []).append(face)
    if not out:
        raise FileNotFoundError("no Thai font found: run training/fetch_fonts.sh or set TRAINING_FONTS")
    return out


def symbol_faces() -> list[Face]:
    """Faces for ☐ ☑ ✓ … which Thai fonts lack."""
    found = [load_face(p, "☐☑") for p in font_files() if p.stem in SYMBOL_FACES]
    return [f for f in found if f]


def commonness(face: Face) -> float:
    """Regular and bold upright styles are what reports are set in; thin and black ones are rare. So are slanted ones, but they
    read worst in families held out, and are shown more often than they are met."""
    name = face.path.stem.lower()
    slanted = 0.6 if "italic" in name or "oblique" in name else 1.0
    extreme = (
        0.2
        if re.search("100thin|900black|800extra", name)
        else 0.5
        if re.search("200extra|300light|600semi|500medium", name)
        else 1.0
    )
    return slanted * extreme
