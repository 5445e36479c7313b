"""`python -m training.export CHECKPOINT lines.onnx`: checkpoint → int8 model for onnxruntime and its card lines.json.

Convolutions are quantised statically per channel (calibrated on generated lines), LSTM and output layer dynamically. The first
one keeps its float weights: on degraded text in held-out fonts all of them as int8 read 2.15 % wrong, without it 1.75, none 1.77.
"""

import argparse
import hashlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_dynamic, quantize_static

from training.evaluate import random_crops
from training.model import HEIGHT, STRIDE, LineReader, LogPosteriors
from training.picture import network_input, normalise

FORMAT = 1


class _Calibration(CalibrationDataReader):  # type: ignore[misc]
    """A hundred generated lines, half of them clean."""

    def __init__(self, fonts: str) -> None:
        crops = random_crops(60, fonts, 0, "clean", 71) + random_crops(60, fonts, 1, "degraded", 72)
        self.inputs: Iterator[NDArray[np.float32]] = iter([network_input(normalise(c.image, HEIGHT)) for c in crops])

    def get_next(self) -> dict[str, NDArray[np.float32]] | None:
        x = next(self.inputs, None)
        return None if x is None else {"x": x}


def load(checkpoint: Path) -> tuple[LineReader, dict[str, Any]]:
    kept = torch.load(checkpoint, weights_only=True)
    model = LineReader(len(kept["classes"]))
    model.load_state_dict(kept["average"])
    return model.eval(), kept


def export(checkpoint: Path, target: Path, fonts: str = "train") -> None:
    """Writes target (int8) and its card. Opset 17; x (batch, 1, 40, width) → y (batch, width // 4, classes)."""
    model, kept = load(checkpoint)
    axes = {"x": {0: "batch", 3: "width"}, "y": {0: "batch", 1: "frames"}}
    with tempfile.TemporaryDirectory() as folder:
        full, half = Path(folder) / "full.onnx", Path(folder) / "half.onnx"
        torch.onnx.export(
            LogPosteriors(model), (torch.rand(1, 1, HEIGHT, 400),), str(full), input_names=["x"], output_names=["y"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(full, half, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "LSTM", "Gemm"])
        first = next(node.name for node in onnx.load(str(half)).graph.node if node.op_type == "Conv")
        quantize_static(
            half, target, _Calibration(fonts), quant_format=QuantFormat.QDQ, per_channel=True,
            activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, op_types_to_quantize=["Conv"],
            nodes_to_exclude=[first],
        )  # fmt: skip
    target.with_suffix(".json").write_text(
        json.dumps(card(target, kept), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def card(target: Path, kept: dict[str, Any]) -> dict[str, Any]:
    """What the runtime needs to know, and which run the weights come from."""
    return {
        "format": FORMAT,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "height": HEIGHT,
        "stride": STRIDE,
        "pad_right": 8,
        "width_multiple": 8,
        "ink_percentile": 0.7,
        "paper_percentile": 88,
        "least_contrast": 25,
        "crop_bodies_above_baseline": [2.0, 2.75],
        "crop_bodies_below_baseline": [0.45, 0.8],
        "blank": 0,
        "classes": kept["classes"],
        "trained": {
            **kept["progress"],
            "fonts": kept["run"]["fonts"],
            "warm": Path(kept["run"]["warm"]).name,
            "start": Path(kept["run"]["start"]).name,
        },
    }


def main() -> None:
    p = argparse.ArgumentParser(prog="python -m training.export", description="Checkpoint to int8 ONNX and its card.")
    p.add_argument("checkpoint", type=Path)
    p.add_argument("target", type=Path)
    p.add_argument("--fonts", choices=("train", "all"), default="train", help="fonts of the calibration lines")
    a = p.parse_args()
    export(a.checkpoint, a.target, a.fonts)
    print(f"{a.target}: {a.target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
