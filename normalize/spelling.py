"""How far a written word is from a name: slips of the pen or the keyboard, counted.

A slip: a letter wrong, missing, too many, or two in each other's place (optimal string alignment distance).
"""

from __future__ import annotations


def slips_from(written: str, name: str, most: int) -> tuple[int, int] | None:
    """Slips between `name` and the nearest beginning of `written`, and that beginning's length; None for more than `most`.

    A beginning ends where the word does, in the name's last letter, or in a letter of its kind where nothing is missing:
    วัฒนธรรม does not begin with วัฒนา. Of equally near ones the longest that ends in the name's last letter.
    """
    window = written[: len(name) + most]
    if len(set(name).difference(window)) > most:  # a cheap bound: each letter that is not there at all is a slip
        return None
    older: list[int] = []
    row = list(range(len(name) + 1))
    best = (most + 1, 0)
    last_letter = name[-1]
    for i, letter in enumerate(window, 1):
        older, oldest, row = row, older, [i, *[0] * len(name)]
        for j, own in enumerate(name, 1):
            row[j] = min(row[j - 1] + 1, older[j] + 1, older[j - 1] + (letter != own))
            if oldest and j > 1 and letter == name[j - 2] and written[i - 2] == own:
                row[j] = min(row[j], oldest[j - 2] + 1)
        if min(row) > most:
            break
        ends = i == len(written) or letter == last_letter or (i >= len(name) and _is_vowel(letter) == _is_vowel(last_letter))
        if ends and (row[-1] < best[0] or (row[-1] == best[0] and letter == last_letter)):
            best = (row[-1], i)
    return best if best[0] <= most else None


def _is_vowel(letter: str) -> bool:
    """A vowel or a mark, not a consonant."""
    return not "ก" <= letter <= "ฮ"
