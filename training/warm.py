"""Start from the int8 weights of an earlier export instead of from noise (saves an hour; the model card says when).

Exported convolutions have their batch normalisation folded in. Here they are unfolded again: statistics of the folded
convolution are measured on a few batches and put into the normalisation so that the layer computes what it computed.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from training.model import LineReader

Tensors = dict[str, NDArray[np.float32]]
_CONV_BLOCKS = [f"stem.{i}" for i in range(6)] + ["col", "ctx"]


def load_exported(path: Path) -> tuple[list[tuple[NDArray[np.float32], NDArray[np.float32]]], Tensors]:
    """Convolutions (weight, bias) in order, and the recurrent and output tensors under torch's names."""
    graph = onnx.load(str(path)).graph
    raw = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    made = {n.output[0]: n for n in graph.node}

    def value(name: str) -> NDArray[np.float32]:
        if name in raw:
            return raw[name].astype(np.float32)
        node = made[name]
        quantised, scale, zero = (raw[i].astype(np.float32) for i in node.input)
        return _scaled(quantised, scale, zero, axis=0)

    convs = [(value(n.input[1]), value(n.input[2])) for n in graph.node if n.op_type == "Conv"]
    rest: Tensors = {}
    for layer, node in enumerate(n for n in graph.node if n.op_type == "DynamicQuantizeLSTM"):
        w, r = (_lstm_weight(raw, node.input[k], node.input[k + 7 + (k == 2)]) for k in (1, 2))
        _put_lstm(rest, layer, w, r, raw[node.input[3]].astype(np.float32))
    out = next(n for n in graph.node if n.op_type == "MatMulInteger")
    stem = out.input[1].removesuffix("_quantized")
    rest["out.weight"] = _scaled(
        raw[out.input[1]].astype(np.float32), raw[stem + "_scale"], raw[stem + "_zero_point"].astype(np.float32), 1
    ).T
    add = next(n for n in graph.node if n.op_type == "Add" and any(i.endswith("out.bias") for i in n.input))
    rest["out.bias"] = raw[next(i for i in add.input if i.endswith("out.bias"))].astype(np.float32)
    return convs, rest


def _scaled(
    q: NDArray[np.float32], scale: NDArray[np.float32], zero: NDArray[np.float32], axis: int
) -> NDArray[np.float32]:
    shape = [1] * q.ndim
    if scale.ndim:
        shape[axis] = -1
    return ((q - zero.reshape(shape if zero.ndim else ())) * scale.reshape(shape if scale.ndim else ())).astype(
        np.float32
    )


def _lstm_weight(raw: dict[str, NDArray[np.generic]], name: str, _scale: str) -> NDArray[np.float32]:
    stem = name.removesuffix("_quantized")
    q, scale, zero = (raw[k].astype(np.float32) for k in (name, stem + "_scale", stem + "_zero_point"))
    return np.asarray((q - zero[:, None, None]) * scale[:, None, None], np.float32)


def _put_lstm(
    into: Tensors, layer: int, w: NDArray[np.float32], r: NDArray[np.float32], b: NDArray[np.float32]
) -> None:
    """ONNX: (direction, in, 4h), gates i o f c; torch: (4h, in), gates i f c o."""
    h = r.shape[1]

    def gates(a: NDArray[np.float32]) -> NDArray[np.float32]:
        i, o, f, c = (a[k * h : (k + 1) * h] for k in range(4))
        return np.concatenate([i, f, c, o])

    for d, suffix in enumerate(("", "_reverse")):
        into[f"rnn.weight_ih_l{layer}{suffix}"] = gates(w[d].T)
        into[f"rnn.weight_hh_l{layer}{suffix}"] = gates(r[d].T)
        into[f"rnn.bias_ih_l{layer}{suffix}"] = gates(b[d][: 4 * h])
        into[f"rnn.bias_hh_l{layer}{suffix}"] = gates(b[d][4 * h :])


def warm_start(model: LineReader, path: Path, pictures: Iterable[Tensor]) -> None:
    """Fill the model; classes beyond the exported ones keep their random start. pictures: batches (B, 1, 40, W)."""
    convs, rest = load_exported(path)
    state = model.state_dict()
    with torch.no_grad():
        for block, (weight, _) in zip(_CONV_BLOCKS, convs, strict=True):
            state[f"{block}.0.weight"].copy_(torch.from_numpy(weight))
        for name, array in rest.items():
            rows = array.shape[0]
            state[name][:rows].copy_(torch.from_numpy(np.ascontiguousarray(array)))
        state["out.bias"][rest["out.bias"].shape[0] :] = -4.0  # new classes start silent
        _unfold(model, [b for _, b in convs], list(pictures))


def _unfold(model: LineReader, biases: list[NDArray[np.float32]], pictures: list[Tensor]) -> None:
    norms = [model.get_submodule(block)[1] for block in _CONV_BLOCKS]  # type: ignore[index]
    model.eval()
    for norm, bias in zip(norms, biases, strict=True):
        sums: list[tuple[Tensor, Tensor, int]] = []

        def measure(_: nn.Module, args: tuple[Tensor], sums: list[tuple[Tensor, Tensor, int]] = sums) -> None:
            x = args[0].transpose(0, 1).flatten(1).double()
            sums.append((x.sum(1), (x * x).sum(1), x.shape[1]))

        hook = norm.register_forward_pre_hook(measure)
        for x in pictures:
            model(x)
        hook.remove()
        n = sum(s[2] for s in sums)
        mean = torch.stack([s[0] for s in sums]).sum(0) / n
        var = torch.stack([s[1] for s in sums]).sum(0) / n - mean**2
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(var)
        norm.weight.copy_((var + norm.eps).sqrt())
        norm.bias.copy_(mean + torch.from_numpy(bias).double())
