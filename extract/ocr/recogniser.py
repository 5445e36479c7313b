"""The line recogniser: normalised crops to log posteriors, in batches of similar widths, on one thread."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from extract.ocr.picture import HEIGHT, STRIDE, Grey

if TYPE_CHECKING:
    import onnxruntime

MODELS = Path(__file__).parent / "models"
PAD = 8  # empty columns at the right of every crop
COLUMNS = 6000  # of a batch: beyond it the LSTM's states leave the cache (4.9 ms a line against 4.1)
LogP = NDArray[np.float32]


class Recogniser:
    """lines.onnx with its card lines.json (classes in order)."""

    def __init__(self, model: Path) -> None:
        self.model = model
        card = json.loads(model.with_suffix(".json").read_text(encoding="utf-8"))
        self.classes: list[str] = card["classes"]

    @cached_property
    def session(self) -> onnxruntime.InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False  # widths differ: the arena would keep the largest of each (memory)
        return onnxruntime.InferenceSession(str(self.model), options, providers=["CPUExecutionProvider"])

    def read(self, crops: Sequence[Grey]) -> list[LogP]:
        """Log posteriors (frames, classes) of each normalised crop, in the order given."""
        out: list[LogP] = [np.zeros((0, len(self.classes)), np.float32)] * len(crops)
        for group in batches([c.shape[1] for c in crops]):
            y = self.session.run(None, {"x": stacked([crops[k] for k in group])})[0]
            for row, k in enumerate(group):
                out[k] = np.asarray(y[row, : -(-crops[k].shape[1] // STRIDE)], np.float32)
        return out


def batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Indices in groups of similar widths (at most an eighth apart), about COLUMNS columns in all."""
    group: list[int] = []
    for k in sorted(range(len(widths)), key=lambda k: (widths[k], k)):
        if group and (widths[k] * (len(group) + 1) > COLUMNS or widths[k] > widths[group[0]] * 1.125 + 16):
            yield group
            group = []
        group.append(k)
    if group:
        yield group


def stacked(crops: Sequence[Grey]) -> NDArray[np.float32]:
    width = max(c.shape[1] for c in crops) + PAD
    x = np.zeros((len(crops), 1, HEIGHT, width + -width % 8), np.float32)
    for row, crop in enumerate(crops):
        x[row, 0, :, : crop.shape[1]] = crop
    return np.divide(x, 255, dtype=np.float32)


@lru_cache(maxsize=1)
def shipped() -> Recogniser:
    """The recogniser in the package; loaded once a process."""
    return Recogniser(MODELS / "lines.onnx")
