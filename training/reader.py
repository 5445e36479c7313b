"""Reading crops with a checkpoint (.pt) or an export (.onnx): log posteriors, text, a probability per character."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.charset import CLASSES
from training.model import HEIGHT
from training.picture import Grey, network_input, normalise

LogP = NDArray[np.float32]
Reader = Callable[[Grey], LogP]


def open_reader(path: Path) -> tuple[Reader, list[str]]:
    """A function crop -> (frames, classes) log probabilities, and the classes."""
    return _onnx(path) if path.suffix == ".onnx" else _torch(path)


def _onnx(path: Path) -> tuple[Reader, list[str]]:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    card = path.with_suffix(".json")
    classes = json.loads(card.read_text(encoding="utf-8"))["classes"] if card.exists() else CLASSES

    def read(crop: Grey) -> LogP:
        return np.asarray(session.run(None, {"x": network_input(normalise(crop, HEIGHT))})[0][0], np.float32)

    return read, classes


def _torch(path: Path) -> tuple[Reader, list[str]]:
    import torch

    from training.model import LineReader

    torch.set_num_threads(1)
    kept = torch.load(path, weights_only=True)
    model = LineReader(len(kept["classes"]))
    model.load_state_dict(kept["average"])
    model.eval()

    def read(crop: Grey) -> LogP:
        with torch.inference_mode():
            logits = model(torch.from_numpy(network_input(normalise(crop, HEIGHT))))
            return np.asarray(logits.log_softmax(-1)[0].numpy(), np.float32)

    return read, kept["classes"]
