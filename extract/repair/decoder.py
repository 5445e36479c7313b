"""One search for all ambiguous damage: the cheapest way to read a text as words, each seen through a damage channel.

A noisy channel: cost = −ln P(words) − ln P(printed | words, channel). Words come from the lexicon, independent of each other
(common compounds are words of their own and carry the context); between words the channel may change, at a price.
What was chosen is as sure as the best reading with another character in that place is dearer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import accumulate, pairwise
from math import inf
from operator import add
from typing import NamedTuple

from extract.repair.channels import Lattice
from extract.repair.lexicon import Lexicon

_UNKNOWN = 12.0  # a letter outside every word; two-letter words cost 6–12
_UNKNOWN_MARK = 4.0
_DEPENDENT = frozenset("ะัาำิีึืฺุู็่้๊๋์ํ๎ๅๆ")  # never begins a word
_LEADING = frozenset("เแโใไ")  # never ends one
_INSIDE_RUN = 6.0
_LONGEST = 40
_CERTAIN = 6.0  # nats: 0.9975
# Steps of the search a character, beyond which a text is no language and stays as it is: lost ำ takes 30, all marks lost 3,000.
_MOST_STEPS = 6000


class Change(NamedTuple):
    """text of printed[start:end] as decoded; margin: nats to the best reading that differs there."""

    kind: str
    start: int
    end: int
    text: str
    margin: float

    @property
    def confidence(self) -> float:
        return 1.0 if self.margin > _CERTAIN else round(1 / (1 + math.exp(-self.margin)), 2)


Step = tuple[int, int, str]  # node from, node to, text: an arc that changes something or could have
Edge = tuple[int, int, float, tuple[Step, ...]]  # place from, place to, cost, steps


class Decoder:
    """channel_of: the lattice maker of a kind of damage."""

    def __init__(self, lexicon: Lexicon, channel_of: Callable[[str], Callable[[str], Lattice]]) -> None:
        self._lexicon, self._channel_of = lexicon, channel_of

    def decode(self, text: str, enter: Mapping[str, float]) -> list[Change]:
        """What the sound text has differently, and places where it may (text equal, margin small), ascending and disjoint.

        enter: the channels to weigh, and the price of entering each one at the start or between words.
        """
        kinds = list(enter)
        search = _Search(text, [self._channel_of(k)(text) for k in kinds], [enter[k] for k in kinds], self._lexicon)
        return search.changes(kinds) if search.steps else []


class _Search:
    """Places are node * width + channel; all edges go forward."""

    def __init__(self, text: str, lattices: list[Lattice], enter: list[float], lexicon: Lexicon) -> None:
        self.text, self.lattices, self.enter, self.lexicon = text, lattices, enter, lexicon
        self.width = len(lattices)
        self.last = 2 * len(text)
        self.forward = [inf] * ((self.last + 1) * self.width)
        self.incoming: list[Edge | None] = [None] * len(self.forward)
        self.edges: list[Edge] = []
        self.steps = _MOST_STEPS * len(text) + 1
        self.inside = _inside(text)
        self.may_end = [char not in _DEPENDENT for char in text] + [True]
        self.forward[: self.width] = enter
        self._run()

    def _run(self) -> None:
        forward, width = self.forward, self.width
        printed = [_single(lattice, self.text) for lattice in self.lattices]
        between = any(any(lattice[1::2]) for lattice in self.lattices)  # nodes with marks already taken are in use
        for node in range(0, self.last, 1 if between else 2):
            base = node * width
            if node % 2 == 0 and node:
                self._switch(base)
            for channel, lattice in enumerate(self.lattices):
                if forward[base + channel] < inf:
                    self._words(node, channel, lattice, printed[channel])
        self._switch(self.last * width)

    def _switch(self, base: int) -> None:
        """Between words another channel may take over, at the price of entering it."""
        width, forward = self.width, self.forward
        if width == 1:
            return
        inside = self.inside[base // width // 2]
        costs = forward[base : base + width]
        best = min(costs)
        first = costs.index(best)
        for channel, price in enumerate(self.enter):
            cost = price + inside
            if channel != first and best + cost < forward[base + channel]:
                forward[base + channel] = best + cost
                self.incoming[base + channel] = (base + first, base + channel, cost, ())

    def _words(self, node: int, channel: int, lattice: Lattice, printed: list[str | None]) -> None:
        """All words, and one unknown character, that begin at a place. printed: see `_single`."""
        look, may_end, last, left = self.lexicon.look, self.may_end, self.last, self.steps
        stack: list[tuple[int, str, float, tuple[Step, ...]]] = [(node, "", 0.0, ())]
        while stack and left:
            left -= 1
            at, spelt, cost, steps = stack.pop()
            while (char := printed[at]) is not None:  # nearly everywhere there is one way on
                spelt += char
                found = look(spelt)
                if at == node and (found is None or found == inf):
                    self._relax(node, at + 2, channel, _unknown(char), steps)
                at += 2
                if found is None:
                    break
                if found < inf and may_end[at // 2] and char not in _LEADING:
                    self._relax(node, at, channel, cost + found, steps)
                if at >= last or len(spelt) >= _LONGEST or not left:
                    break
                left -= 1
            else:
                for to, text, price in lattice[at]:
                    longer, taken = spelt + text, self._taken(steps, at, to, text, lattice)
                    found = look(longer)
                    if at == node and (found is None or found == inf):
                        self._relax(node, to, channel, price + _unknown(text), taken)
                    if found is None:
                        continue
                    if found < inf and may_end[to // 2] and text[-1:] not in _LEADING:
                        self._relax(node, to, channel, cost + price + found, taken)
                    if to < last and len(longer) < _LONGEST:
                        stack.append((to, longer, cost + price, taken))
        self.steps = left

    def _taken(self, steps: tuple[Step, ...], at: int, to: int, text: str, lattice: Lattice) -> tuple[Step, ...]:
        """Steps with an arc, where it changes something or is one of several."""
        return (*steps, (at, to, text)) if len(lattice[at]) > 1 or text != self.text[at // 2 : to // 2] else steps

    def _relax(self, node: int, to: int, channel: int, cost: float, steps: tuple[Step, ...]) -> None:
        width, forward = self.width, self.forward
        origin, place = node * width + channel, to * width + channel
        edge = (origin, place, cost, steps)
        self.edges.append(edge)
        total = forward[origin] + cost
        if total < forward[place]:
            forward[place] = total
            self.incoming[place] = edge

    def changes(self, kinds: list[str]) -> list[Change]:
        """Decisions of the best path at all places where another reading was possible."""
        end = self.last * self.width
        best = min(self.forward[end : end + self.width])
        chosen = self._chosen(end + self.forward[end : end + self.width].index(best), kinds)
        others = self._others(chosen, self._backward())
        return [
            Change(kind, node // 2, to // 2, text, others.get(node, inf) - best)
            for node, (to, text, kind) in sorted(chosen.items())
        ]

    def _chosen(self, place: int, kinds: list[str]) -> dict[int, tuple[int, str, str]]:
        """Steps of the best path: node → (node after, text, channel)."""
        chosen: dict[int, tuple[int, str, str]] = {}
        while (edge := self.incoming[place]) is not None:
            origin, to_place, _, steps = edge
            for node, to, text in steps:
                chosen[node] = to, text, kinds[to_place % self.width]
            place = origin
        return chosen

    def _backward(self) -> list[float]:
        """Cost from every place to the end."""
        costs = [inf] * len(self.forward)
        at, width = self.last, self.width
        costs[at * width :] = [0.0] * width
        for origin, place, cost, _ in reversed(self.edges):  # appended by ascending origin
            if origin // width < at and width > 1:
                for node in range(at - at % 2, origin // width, -2):
                    self._switch_back(costs, node)
            at = origin // width
            total = cost + costs[place]
            if total < costs[origin]:
                costs[origin] = total
        return costs

    def _switch_back(self, costs: list[float], node: int) -> None:
        base, end = node * self.width, (node + 1) * self.width
        here = costs[base:end]
        entered = self.inside[node // 2] + min(map(add, here, self.enter))
        costs[base:end] = [cost if cost < entered else entered for cost in here]

    def _others(self, chosen: dict[int, tuple[int, str, str]], backward: list[float]) -> dict[int, float]:
        """Cheapest whole reading that decides otherwise, for each chosen step."""
        nodes, width = sorted(chosen), self.width
        before = list(accumulate((node in chosen for node in range(self.last)), initial=0))  # chosen nodes before each node
        others = dict.fromkeys(nodes, inf)
        for origin, place, cost, steps in self.edges:
            first, last = before[origin // width], before[place // width]
            if first == last:
                continue
            total = self.forward[origin] + cost + backward[place]
            taken = {node: (to, text) for node, to, text in steps}
            for node in nodes[first:last]:
                to, text, _ = chosen[node]
                given = taken.get(node) or (node + 2, self.text[node // 2])
                if total < others[node] and given != (to, text):
                    others[node] = total
        return others


def _single(lattice: Lattice, text: str) -> list[str | None]:
    """For each node the printed character where nothing else is possible, else None."""
    plain: list[str | None] = [None] * len(lattice)
    for i, char in enumerate(text):
        if lattice[2 * i] == [(2 * i + 2, char, 0.0)]:
            plain[2 * i] = char
    return plain


def _inside(text: str) -> list[float]:
    """What a change of channel costs more before each character, and at the end: fonts change at spaces, dearer between two
    letters."""
    thai = ["ก" <= char <= "๎" for char in text]
    return [0.0, *(_INSIDE_RUN if before and after else 0.0 for before, after in pairwise(thai)), 0.0] if text else [0.0]


def _unknown(text: str) -> float:
    if not "ก" <= text[:1] <= "๎":
        return 0.0
    return _UNKNOWN_MARK if text[0] in _DEPENDENT else _UNKNOWN
