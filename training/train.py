"""Training: data-parallel single-thread processes on a CPU, CTC, lines made on the fly, resumable.

The schedule follows the wall clock, because cores are shared: `minutes` is the length of the whole run, the learning
rate falls along a cosine over it, and a resumed run goes on where its checkpoint stood.
"""

import math
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn

from training.charset import CLASSES
from training.lines import Batch, LineMaker, batches
from training.model import LineReader
from training.warm import warm_start

CURRICULUM = ((3.0, (2, 14), 0.3), (8.0, (3, 30), 0.6), (math.inf, (3, 62), 1.0))  # until minute, characters, strength
GENTLEST = 0.25  # share of the strength that a line takes at least


@dataclass(frozen=True)
class Run:
    """One training run. fonts: "train" holds families out, "all" is for release weights."""

    out: Path
    minutes: float
    fonts: str = "train"
    seed: int = 1
    rate: float = 2.5e-3
    processes: int = 2
    warm: Path | None = None  # int8 export to start from
    start: Path | None = None  # checkpoint whose averaged weights to start from (fine-tuning)
    port: int = 29517


@dataclass
class Progress:
    lines: int = 0
    steps: int = 0
    minutes: float = 0.0


def stage(run: Run, minutes: float) -> tuple[tuple[int, int], float]:
    """Span of line lengths and strength of degradation; a warm start needs no easy lessons."""
    if run.warm or run.start:
        return CURRICULUM[-1][1:]
    return next((span, strength) for until, span, strength in CURRICULUM if minutes < until)


def rate_at(run: Run, steps: int, minutes: float) -> float:
    ramp = min(1.0, (steps + 1) / (100 if run.warm or run.start else 300))
    return run.rate * ramp * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, minutes / run.minutes))))


class Average:
    """Exponential moving average of the weights: what is evaluated and exported."""

    def __init__(self, model: nn.Module) -> None:
        self.state = {k: v.detach().clone() for k, v in model.state_dict().items()}

    @torch.no_grad()
    def follow(self, model: nn.Module, steps: int) -> None:
        keep = min(0.999, (1 + steps) / (20 + steps))
        for k, v in model.state_dict().items():
            if v.dtype.is_floating_point and "running" not in k:
                self.state[k].lerp_(v, 1 - keep)
            else:
                self.state[k].copy_(v)


# bfloat16 is 1.9 x as fast where the processor has it and, measured on an AVX2 machine, a tenth as fast where it has not.
HALF = torch.backends.cpu.get_cpu_capability() == "AVX512"


def loss_of(model: nn.Module, batch: Batch) -> Tensor:
    """CTC loss per character, forward pass in bfloat16 where the processor is made for it."""
    x = torch.from_numpy(batch.x).float().div_(255)
    if HALF:
        x = x.contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16, enabled=HALF):
        logits = model(x)
    log_p = logits.float().log_softmax(-1).transpose(0, 1)
    sizes = torch.from_numpy(batch.frames), torch.from_numpy(batch.lengths)
    total = nn.functional.ctc_loss(log_p, torch.from_numpy(batch.labels), *sizes, reduction="sum", zero_infinity=True)
    return total / max(1.0, float(batch.lengths.sum()))


def share_gradients(params: list[nn.Parameter], loss: Tensor, count: int, world: int) -> tuple[float, int]:
    """Average gradients over the processes; returns the mean loss and the number of lines in the step."""
    grads = [p.grad if p.grad is not None else torch.zeros_like(p) for p in params]
    flat = torch.cat([g.reshape(-1) for g in grads] + [loss.detach().reshape(1), torch.tensor([float(count)])])
    dist.all_reduce(flat)
    at = 0
    for p in params:
        p.grad = (flat[at : at + p.numel()] / world).view_as(p)
        at += p.numel()
    return float(flat[-2]) / world, int(flat[-1])


def build(run: Run) -> LineReader:
    torch.manual_seed(run.seed)
    model = LineReader(len(CLASSES))
    if run.start:
        model.load_state_dict(widened(torch.load(run.start, weights_only=True)["average"], model.state_dict()))
    elif run.warm:
        source = batches(LineMaker(run.seed + 777, run.fonts), (3, 62))
        pictures = [torch.from_numpy(next(source).x).float() / 255 for _ in range(12)]
        warm_start(model, run.warm, pictures)
    if HALF:
        model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return model


def widened(state: dict[str, Tensor], fresh: dict[str, Tensor]) -> dict[str, Tensor]:
    """A checkpoint from before classes were appended: the new ones start with small weights and silent."""
    known = state["out.bias"].shape[0]
    fresh["out.bias"][known:] = -4.0
    for name in ("out.weight", "out.bias"):
        state[name] = torch.cat([state[name], fresh[name][known:]])
    return state


def save(path: Path, run: Run, parts: dict[str, Any], progress: Progress) -> None:
    """Written beside and renamed, so that a cut run leaves the last good checkpoint."""
    settings = {k: str(v) for k, v in asdict(run).items()}
    torch.save({**parts, "progress": asdict(progress), "run": settings, "classes": CLASSES}, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").rename(path)


def work(rank: int, run: Run) -> None:
    """One process of the run; rank 0 keeps the average, the log and the checkpoints."""
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(run.port))
    dist.init_process_group("gloo", rank=rank, world_size=run.processes)
    torch.set_num_threads(1)
    model = build(run)
    params = list(model.parameters())
    optimiser = torch.optim.AdamW(params, lr=run.rate, weight_decay=1e-3, betas=(0.9, 0.98))
    average, progress, last = Average(model), Progress(), run.out / "last.pt"
    if last.exists():
        kept = torch.load(last, weights_only=True)
        model.load_state_dict(kept["model"])
        optimiser.load_state_dict(kept["optimiser"])
        average.state, progress = kept["average"], Progress(**kept["progress"])
    train(rank, run, model, optimiser, average, progress)
    dist.destroy_process_group()


def train(
    rank: int, run: Run, model: LineReader, optimiser: torch.optim.Optimizer, average: Average, progress: Progress
) -> None:
    params = list(model.parameters())
    maker = LineMaker(run.seed + 1000 * rank + progress.steps, run.fonts, gentlest=GENTLEST)
    span, maker.full = stage(run, progress.minutes)
    source = batches(maker, span)
    began, before, saved, window = time.time(), progress.minutes, progress.minutes, 0.0
    model.train()
    while True:
        clock = torch.tensor([before + (time.time() - began) / 60])
        dist.broadcast(clock, 0)
        progress.minutes = float(clock)
        if progress.minutes > run.minutes:
            break
        if stage(run, progress.minutes) != (span, maker.full):
            span, maker.full = stage(run, progress.minutes)
            source = batches(maker, span)
        for group in optimiser.param_groups:
            group["lr"] = rate_at(run, progress.steps, progress.minutes)
        batch = next(source)
        loss = loss_of(model, batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        mean, count = share_gradients(params, loss, len(batch.x), run.processes)
        nn.utils.clip_grad_norm_(params, 3.0)
        optimiser.step()
        progress.steps, progress.lines, window = progress.steps + 1, progress.lines + count, window + mean
        if rank:
            continue
        average.follow(model, progress.steps)
        if progress.steps % 100 == 0:
            report(progress, window / 100, optimiser.param_groups[0]["lr"], before, began)
            window = 0.0
        if progress.minutes - saved > 5:
            saved = progress.minutes
            checkpoint(run, model, optimiser, average, progress)
    if rank == 0:
        checkpoint(run, model, optimiser, average, progress)


def checkpoint(
    run: Run, model: nn.Module, optimiser: torch.optim.Optimizer, average: Average, progress: Progress
) -> None:
    parts = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "average": average.state}
    save(run.out / "last.pt", run, parts, progress)
    save(run.out / f"average-{round(progress.minutes):04d}.pt", run, {"average": average.state}, progress)


def report(p: Progress, loss: float, rate: float, before: float, began: float) -> None:
    pace = (p.minutes - before) * 60 / max(1e-9, time.time() - began)
    print(
        f"{p.minutes:7.1f} min  step {p.steps}  lines {p.lines}",
        f"loss/char {loss:.4f}  rate {rate:.5f}  pace {pace:.2f}",
        flush=True,
    )


def start(run: Run) -> None:
    """Run to the end (blocking); resumes from run.out/last.pt if it is there."""
    run.out.mkdir(parents=True, exist_ok=True)
    torch.multiprocessing.spawn(work, (run,), nprocs=run.processes)  # type: ignore[attr-defined,no-untyped-call]
