"""What the shipped recogniser takes for what: python -m training.confusions [LINES] > extract/repair/data/confusions.tsv

Generated lines in held-out fonts with the full weather, read as the product reads them; a row is a read character, the true one
and its share among the wrong readings of that character. Rare pairs and digits are left out.
"""

import sys
from collections import Counter, defaultdict

from rapidfuzz.distance import Levenshtein

from extract.ocr.decode import text_of
from extract.ocr.reader import reader
from training.evaluate import random_crops
from training.measure import normal
from training.picture import normalise

LEAST = 2  # times a pair has to be seen


def pairs(texts: list[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """(read, true) of all wrong readings; true is empty where nothing was printed."""
    found: Counter[tuple[str, str]] = Counter()
    for gold, read in texts:
        for op in Levenshtein.editops(gold, read):
            if op.tag == "replace":
                found[read[op.dest_pos], gold[op.src_pos]] += 1
            elif op.tag == "insert":
                found[read[op.dest_pos], ""] += 1
    return found


def table(found: Counter[tuple[str, str]]) -> list[str]:
    wrong: dict[str, int] = defaultdict(int)
    for (read, _), n in found.items():
        wrong[read] += n
    kept = sorted((read, true, n) for (read, true), n in found.items() if n >= LEAST and not (read + true).isspace())
    return [
        f"{read}\t{true}\t{n / wrong[read]:.3f}"
        for read, true, n in kept
        if read.strip() and true.strip() and not any(c.isdigit() for c in read + true)
    ]


def main() -> None:
    crops = random_crops(int(sys.argv[1]) if len(sys.argv) > 1 else 2000, "held", 1.0, "confusions", 4711)
    shipped = reader()
    read = shipped.recogniser.read([normalise(c.image) for c in crops])
    texts = [(normal(c.text), normal(text_of(shipped.decoder.read(y)))) for c, y in zip(crops, read, strict=True)]
    rows = table(pairs(texts))
    print(f"# read, true, share; {len(crops)} generated lines in held-out fonts")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
