"""Random lines in the language of office reports, from a seed: words by frequency, terms, numbers in both digit sets,
dates, English, punctuation, random syllables and look-alikes. No sentence is taken from anywhere."""

import pydoc_data.topics
import random
import re
from collections.abc import Callable

from pythainlp.corpus import thai_words, tnc, ttc

from training.charset import clean
from training.vocabulary import DISTRICTS, ENGLISH, LEADS, MONTHS, MONTHS_SHORT, TERMS, UNITS

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
DIGITS = "0123456789๐๑๒๓๔๕๖๗๘๙"
CONSONANTS = [chr(c) for c in range(0x0E01, 0x0E2F)]
TONE = ["", "", "", "่", "้", "๊", "๋"]
MARKS = "ะัาำิีึืฺุู็่้๊๋์ํๅ"
PUNCTUATION = ":;.,()[]/-–—\"'“”‘’%+=<>≥≤&#@*_!?•°±×÷…→{}|~^$\\²³₂½§≠●○■▪➢✓☐☑☒Σ"
RARE_SIGNS = "฿๏๚๛ฯๆ@/:_–#"
# What a reader takes for one another: swapping inside words teaches shape where context would guess.
LOOK_ALIKE = [
    "กภถฤ", "ขช", "ชซ", "คศตด", "ดตค", "ฎฏ", "ผฝพฟ", "บปษ", "นมฉ", "ลสส",
    "ทหฑ", "ฐธรฌ", "อฮ", "วงจ", "ยฃข", "เแ", "โใไ", "ิีึื", "ีื", "ัํ",
    "ุู", "่้๊๋", "้๊", "็์", "๐๑๓", "๑๗๓", "๓๑๒", "๒๖๓", "๔๕๘", "๕๔",
    "๘๕๔", "๖๒", "๗๑", "๙ฬ",
]  # fmt: skip
FRAMES = (
    *("{}. {}", "{}) {}", "({}) {}", "{} : {}", "{}/{}", "({}{})", "{} - {}", ":: {} {}", "- {} {}", "“{} {}”"),
    *('"{}" {}', "[{}] {}", "{}, {}", "{}ๆ {}", "{}ฯ {}", "{}; {}", "{} – {}", "{}ฯลฯ {}", "฿{} {}"),
    *("{} → {}", "{}:{}", "{} , {}", "• {} {}"),
    *("☐ {} {}", "☑ {} {}", "☐ {} ☑ {}", "☑ {} ☐ {}", "☐{} ☐{}", "☒ {} {}", "✓ {} {}", "➢ {} {}", "● {} {}"),
)
SWAPS = {c: "".join(g.replace(c, "") for g in LOOK_ALIKE if c in g) for c in set("".join(LOOK_ALIKE))}


class Language:
    """A source of lines; two with the same seed say the same."""

    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        known = {w for w in thai_words() if re.fullmatch("[ก-ฮะ-ูเ-์]+", w) and len(w) <= 16}
        counts: dict[str, int] = {}
        for frequency in (tnc.unigram_word_freqs(), ttc.unigram_word_freqs()):
            for word, n in frequency.items():
                if word in known:
                    counts[word] = counts.get(word, 0) + n
        self.common = sorted(counts)
        self.cumulative = _running_sum([counts[w] ** 0.6 for w in self.common])
        self.rare = sorted(known)
        self.english_words = sorted(set(re.findall(r"[A-Za-z]{2,12}", " ".join(pydoc_data.topics.topics.values()))))

    # --- words -----------------------------------------------------------------------------------------------
    def word(self) -> str:
        k, r = self.r.random(), self.r
        if k < 0.50:
            w = r.choices(self.common, cum_weights=self.cumulative)[0]
        elif k < 0.80:
            return r.choice(TERMS)
        elif k < 0.95:
            w = r.choice(self.rare)
        else:
            return r.choice(("", "เขต", "สำนักงานเขต")) + r.choice(DISTRICTS)
        return self.misread(w) if r.random() < 0.04 else w

    def misread(self, word: str) -> str:
        """The word with one letter replaced by its look-alike."""
        at = [i for i, c in enumerate(word) if c in SWAPS]
        if not at:
            return word
        i = self.r.choice(at)
        return word[:i] + self.r.choice(SWAPS[word[i]]) + word[i + 1 :]

    def syllable(self) -> str:
        r = self.r
        c = r.choice(CONSONANTS) + (r.choice("รลว") if r.random() < 0.2 else "")
        t, last = r.choice(TONE), r.choice(CONSONANTS)
        forms = (
            c + r.choice("ัิีึืุู") + t,
            r.choice("เแโใไ") + c + t,
            c + t + r.choice("าะำ"),
            "เ" + c + r.choice("ีืิ") + t + last,
            r.choice(("", "เ", "แ")) + c + "็" + last,
            c + last + r.choice(("", "์")),
            c + r.choice("ัิีึืุู") + t + last,
            c + "ุ" + r.choice(("์", "")) + last,
        )
        return r.choice(forms) + (r.choice("ๆฯฤฦๅ") if r.random() < 0.02 else "")

    def words(self) -> str:
        return "".join(self.word() for _ in range(self.r.choice((1, 2, 3, 4, 5))))

    def syllables(self) -> str:
        return "".join(self.syllable() for _ in range(self.r.randint(1, 4)))

    def english(self) -> str:
        r = self.r
        s = " ".join(r.choice(ENGLISH if r.random() < 0.5 else self.english_words) for _ in range(r.randint(1, 4)))
        k = r.random()
        if k > 0.94:
            return (
                r.choice((f"{s[:20]}.go.th", f"www.{s[:20]}.com", f"{s[:12]}@bangkok.go.th")).replace(" ", "_").lower()
            )
        s = s.upper() if k < 0.15 else s.title() if k < 0.30 else s.replace(" ", "_") if k < 0.35 else s
        return f"({s})" if r.random() < 0.3 else s

    def address(self) -> str:
        """Web and mail addresses: letters without the help of a word."""
        r = self.r
        name, place = ("".join(r.choices("abcdefghijklmnopqrstuvwxyz", k=r.randint(3, 9))) for _ in "12")
        host = f"{r.choice(('webportal.', 'www.', 'data.', ''))}{place}.{r.choice(('go.th', 'or.th', 'ac.th', 'com'))}"
        return r.choice((
            f"https://{host}/{name}", f"http://{host}/{name}", f"{name}_{place}@{host}", f"{name}@{host}",
            f"{place}_{name}", f"www.{host}",
        ))  # fmt: skip

    def code(self) -> str:
        """Capitals with digits (SDG 11, ISO 9001:2015), where S, O, I and G stand beside 5, 0, 1 and 6."""
        r = self.r
        capitals = "".join(r.choices("ABCDEFGHIKLMNOPRSTUVWX", k=r.randint(2, 5)))
        return r.choice((
            f"{capitals}{r.randint(1, 99)}", f"{capitals} {r.randint(1, 99)}", f"{capitals}-{r.randint(1, 99)}",
            f"{capitals} {self.digits(4)}:{r.randint(1990, 2030)}", f"{capitals}{r.randint(1, 9)}.{r.randint(0, 9)}",
        ))  # fmt: skip

    # --- numbers ---------------------------------------------------------------------------------------------
    def digits(self, n: int) -> str:
        return "".join(self.r.choice("0123456789") for _ in range(n))

    def arabic(self) -> str:
        """A number as reports print them, Arabic digits."""
        r, k = self.r, self.r.random()
        if k < 0.20:
            return str(r.randint(0, 10 ** r.randint(1, 4)))
        if k < 0.37:
            return f"{r.randint(0, 999 if r.random() < 0.7 else 9)}.{self.digits(r.choice((1, 2, 2, 2, 3, 4)))}"
        if k < 0.61:
            cents = f".{self.digits(2)}" if r.random() < 0.4 else ""
            return f"{r.randint(1000, 10 ** r.randint(4, 10)):,}{cents}"
        if k < 0.69:
            return str(r.randint(2540, 2575) if r.random() < 0.7 else r.randint(10, 70))
        if k < 0.74:
            return f"{self.digits(r.randint(1, 4))}/{self.digits(r.randint(1, 4))}"
        return self.odd_number()

    def odd_number(self) -> str:
        r = self.r
        year = r.choice((r.randint(2550, 2570), r.randint(50, 70)))
        forms = (
            f"{r.randint(0, 99)}-{r.randint(0, 999)}",
            f"{r.randint(1, 31)}/{r.randint(1, 12)}/{year}",
            f"{r.randint(1, 20)}.{r.randint(1, 20)}" + (f".{r.randint(1, 9)}" if r.random() < 0.5 else ""),
            f"{self.digits(4)}-{self.digits(r.randint(3, 4))}",
            f"{r.randint(0, 30)}-{r.randint(0, 3)}-{r.randint(0, 99)}",
            self.digits(r.randint(1, 10)),
            f"0-{self.digits(4)}-{self.digits(4)}",
            f"{self.digits(r.randint(1, 3))},{self.digits(r.randint(1, 3))}.{self.digits(r.randint(1, 4))}",
            f"{r.randint(0, 23)}.{self.digits(2)}",
        )
        return r.choice(forms)

    def number(self) -> str:
        """Arabic and Thai digits half and half; now and then both inside one number, as official texts have it."""
        r, s = self.r, self.arabic()
        if r.random() < 0.5:
            s = s.translate(THAI_DIGITS)
        if r.random() < 0.03 and len(s) > 2:
            i = r.randrange(len(s))
            s = s[:i] + s[i].translate(THAI_DIGITS) + s[i + 1 :]
        return s

    def quantity(self) -> str:
        r, n = self.r, self.number()
        k = r.random()
        if k < 0.30:
            return f"{n} {r.choice(UNITS)}"
        if k < 0.38:
            return n + r.choice(UNITS)
        if k < 0.46:
            return r.choice(LEADS) + n
        if k < 0.58:
            return r.choice(
                (
                    f"{n}%",
                    f"{n} %",
                    f"{n}.-",
                    f"{n}.-บาท",
                    f"({n})",
                    f"+{n}",
                    f"-{n}",
                    f"{n}*",
                    f"{n} - {self.number()}",
                )
            )
        return n

    def numbers(self) -> str:
        """Several numbers side by side: a table row without its rules."""
        sep = self.r.choice((" ", " ", "  ", " - ", ", "))
        return sep.join(self.number() for _ in range(self.r.randint(2, 5)))

    def digit_string(self) -> str:
        pool = self.r.choice((DIGITS, "๐๑๒๓๔๕๖๗๘๙", "๐๑๓๗๒", "๔๕๘๖๒", "0123456789.,", "๐๑๒๓๔๕๖๗๘๙.,"))
        return "".join(self.r.choice(pool) for _ in range(self.r.randint(1, 12)))

    def date(self) -> str:
        r = self.r
        d, m, y = r.randint(1, 31), r.randrange(12), r.randint(2545, 2570)
        long, short = MONTHS[m], MONTHS_SHORT[m]
        forms = (
            f"{d} {long} {y}", f"{d} {short} {y % 100}", f"{long} {y}", f"เดือน{short} {y % 100}", f"ปีงบประมาณ พ.ศ. {y}",
            f"พ.ศ. {y}", f"พ.ศ.{y}", f"ลงวันที่ {d} {long} {y}", f"{short} - {r.choice(MONTHS_SHORT)} {y}", f"ปี {y}",
            f"ไตรมาสที่ {r.randint(1, 4)}/{y}", f"ณ วันที่ {d} {long} {y}", f"({short}{y % 100})", f"{d}/{m + 1}/{y} :",
        )  # fmt: skip
        s = r.choice(forms)
        return s.translate(THAI_DIGITS) if r.random() < 0.5 else s

    # --- lines -----------------------------------------------------------------------------------------------
    def framed(self) -> str:
        return self.r.choice(FRAMES).format(
            *(self.number() if self.r.random() < 0.3 else self.word() for _ in range(2))
        )

    def leaders(self) -> str:
        return self.r.choice((".", "-", "_", "…")) * self.r.randint(3, 14)

    def signs(self) -> str:
        return "".join(self.r.choice(PUNCTUATION if self.r.random() < 0.8 else RARE_SIGNS) for _ in range(self.r.randint(1, 4)))

    def tail(self) -> str:
        return self.word() + self.r.choice((" :", ":", ",", "/", " ", "-", "."))

    def piece(self) -> str:
        kinds: tuple[tuple[Callable[[], str], float], ...] = (
            (self.words, 46), (self.syllables, 8), (self.quantity, 18), (self.date, 5), (self.english, 7),
            (self.framed, 5), (self.leaders, 1.5), (self.digit_string, 3), (self.signs, 1.5), (self.tail, 3),
            (self.numbers, 2), (self.address, 1.2), (self.code, 1.2),
        )  # fmt: skip
        return self.r.choices([k for k, _ in kinds], [w for _, w in kinds])[0]()

    def cell(self) -> str:
        r, k = self.r, self.r.random()
        if k < 0.66:
            return self.quantity()
        if k < 0.74:
            return self.digit_string()
        if k < 0.82:
            return self.date()
        if k < 0.90:
            return self.word()
        return r.choice(("-", "✓", "ไม่มี", "N/A", "0", "๐", "0.00", "1", "๑", "☐", "☑", "☐ ใช่", self.english()))

    def line(self, low: int, high: int) -> str:
        """A cleaned line of roughly low..high characters (a table cell one time in five); never empty."""
        while True:
            text = clean(self.cell() if self.r.random() < 0.20 else self.running(low, high))
            if text:
                return text

    def running(self, low: int, high: int) -> str:
        goal, text = self.r.randint(low, high), ""
        while len(text) < goal:
            text += (self.r.choice(("", " ", " ", " ", " ", "  ", " : ", " - ", " (")) if text else "") + self.piece()
        if len(text) <= high + 6:
            return text
        cut = high
        while cut > 1 and text[cut] in MARKS:
            cut -= 1
        return text[:cut]


def _running_sum(values: list[float]) -> list[float]:
    total, out = 0.0, []
    for v in values:
        total += v
        out.append(total)
    return out
