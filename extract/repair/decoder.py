"""One search for all ambiguous damage: the cheapest way to read a text as words, each seen through a damage channel.

A noisy channel: cost = −ln P(words) − ln P(printed | words, channel). Words come from the lexicon, independent of each other
(common compounds are words of their own and carry the context); between words the channel may change, at a price.
What was chosen is as sure as the best reading with another character in that place is dearer.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping
from typing import NamedTuple

from extract.repair.channels import Lattice
from extract.repair.lexicon import Lexicon

_UNKNOWN = 12.0  # a letter outside every word; two-letter words cost 6–12
_UNKNOWN_MARK = 4.0
_DEPENDENT = frozenset("ะัาำิีึืฺุู็่้๊๋์ํ๎ๅๆ")  # never begins a word
_LEADING = frozenset("เแโใไ")  # never ends one
_INSIDE_RUN = 6.0
_LONGEST = 40
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
        return round(1 / (1 + math.exp(-min(self.margin, 50.0))), 2)


class _Edge(NamedTuple):
    origin: int
    to: int
    cost: float
    steps: tuple[tuple[int, int, str], ...]  # (node from, node to, text) of arcs that change something or could have


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
        self.forward = [math.inf] * ((self.last + 1) * self.width)
        self.incoming: list[_Edge | None] = [None] * len(self.forward)
        self.edges: list[_Edge] = []
        self.steps = _MOST_STEPS * len(text) + 1
        for channel, price in enumerate(enter):
            self.forward[channel] = price
        self._run()

    def _run(self) -> None:
        for node in range(self.last):
            base = node * self.width
            if node % 2 == 0 and node:
                self._switch(base)
            for channel, lattice in enumerate(self.lattices):
                if self.forward[base + channel] < math.inf:
                    self._words(node, channel, lattice)
        self._switch(self.last * self.width)

    def _switch(self, base: int) -> None:
        """Between words another channel may take over, at the price of entering it."""
        costs = self.forward[base : base + self.width]
        inside = self._inside(base // self.width)
        best = min(range(self.width), key=costs.__getitem__)
        for channel, price in enumerate(self.enter):
            if channel != best:
                self._relax(_Edge(base + best, base + channel, price + inside, ()), keep=False)

    def _inside(self, node: int) -> float:
        """Fonts change at spaces: dearer between two letters."""
        around = self.text[node // 2 - 1 : node // 2 + 1]
        return _INSIDE_RUN if len(around) == 2 and all("ก" <= c <= "๎" for c in around) else 0.0

    def _words(self, node: int, channel: int, lattice: Lattice) -> None:
        """All words, and one unknown character, that begin at a place."""
        start = node * self.width + channel
        look = self.lexicon.look
        stack: list[tuple[int, str, float, tuple[tuple[int, int, str], ...]]] = [(node, "", 0.0, ())]
        while stack and self.steps:
            self.steps -= 1
            at, prefix, cost, steps = stack.pop()
            arcs = lattice[at]
            several = len(arcs) > 1
            for to, text, price in arcs:
                spelt = prefix + text
                taken = (*steps, (at, to, text)) if several or text != self.text[at // 2 : to // 2] else steps
                found = look(spelt)
                if found is None:
                    if at == node:
                        self._relax(_Edge(start, to * self.width + channel, price + _unknown(text), taken))
                    continue
                if at == node and found == math.inf:
                    self._relax(_Edge(start, to * self.width + channel, price + _unknown(text), taken))
                if found < math.inf and self._may_end(to, text):
                    self._relax(_Edge(start, to * self.width + channel, cost + price + found, taken))
                if to < self.last and len(spelt) < _LONGEST:
                    stack.append((to, spelt, cost + price, taken))

    def _may_end(self, node: int, text: str) -> bool:
        after = self.text[node // 2 : node // 2 + 1]
        return after not in _DEPENDENT and text[-1:] not in _LEADING

    def _relax(self, edge: _Edge, keep: bool = True) -> None:
        total = self.forward[edge.origin] + edge.cost
        if keep:
            self.edges.append(edge)
        if total < self.forward[edge.to]:
            self.forward[edge.to] = total
            self.incoming[edge.to] = edge

    def changes(self, kinds: list[str]) -> list[Change]:
        """Decisions of the best path at all places where another reading was possible."""
        end = self.last * self.width
        best = min(self.forward[end : end + self.width])
        chosen = self._chosen(end + self.forward[end : end + self.width].index(best), kinds)
        others = self._others(chosen, self._backward())
        return [
            Change(kind, node // 2, to // 2, text, others.get(node, math.inf) - best)
            for node, (to, text, kind) in sorted(chosen.items())
        ]

    def _chosen(self, place: int, kinds: list[str]) -> dict[int, tuple[int, str, str]]:
        """Steps of the best path: node → (node after, text, channel)."""
        chosen: dict[int, tuple[int, str, str]] = {}
        while (edge := self.incoming[place]) is not None:
            for node, to, text in edge.steps:
                chosen[node] = to, text, kinds[edge.to % self.width]
            place = edge.origin
        return chosen

    def _backward(self) -> list[float]:
        """Cost from every place to the end."""
        costs = [math.inf] * len(self.forward)
        at = self.last
        costs[at * self.width :] = [0.0] * self.width
        for edge in reversed(self.edges):  # appended by ascending origin
            while edge.origin // self.width < at:
                self._switch_back(costs, at)
                at -= 1
            costs[edge.origin] = min(costs[edge.origin], edge.cost + costs[edge.to])
        return costs

    def _switch_back(self, costs: list[float], node: int) -> None:
        base = node * self.width
        if node % 2 == 0:
            here = zip(costs[base : base + self.width], self.enter, strict=True)
            entered = self._inside(node) + min(cost + price for cost, price in here)
            for channel in range(self.width):
                costs[base + channel] = min(costs[base + channel], entered)

    def _others(self, chosen: dict[int, tuple[int, str, str]], backward: list[float]) -> dict[int, float]:
        """Cheapest whole reading that decides otherwise, for each chosen step."""
        nodes = sorted(chosen)
        others: dict[int, float] = {}
        for edge in self.edges:
            first, last = bisect_left(nodes, edge.origin // self.width), bisect_left(nodes, edge.to // self.width)
            if first == last:
                continue
            total = self.forward[edge.origin] + edge.cost + backward[edge.to]
            taken = {node: (to, text) for node, to, text in edge.steps}
            for node in nodes[first:last]:
                to, text, _ = chosen[node]
                given = taken.get(node, (node + 2, self.text[node // 2]))
                if given != (to, text) and total < others.get(node, math.inf):
                    others[node] = total
        return others


def _unknown(text: str) -> float:
    if not "ก" <= text[:1] <= "๎":
        return 0.0
    return _UNKNOWN_MARK if text[0] in _DEPENDENT else _UNKNOWN
