"""Write both tables."""

import math

from extract.repair.making.telltales import find_telltales
from extract.repair.making.words import DATA, costs

table = {word: round(10 * cost) for word, cost in sorted(costs().items())}
(DATA / "words.tsv").write_text("".join(f"{word}\t{cost}\n" for word, cost in table.items()), encoding="utf-8")
share = {word: math.exp(-cost / 10) for word, cost in table.items()}
(DATA / "telltales.tsv").write_text("".join(f"{kind}\t{s}\n" for kind, s in find_telltales(share)), encoding="utf-8")
