"""`python -m training OUT --minutes 120`: train; the README tells the rest."""

import argparse
from pathlib import Path

from training.train import Run, start


def main() -> None:
    p = argparse.ArgumentParser(
        prog="python -m training", description="Train the line recogniser (resumes from OUT/last.pt)."
    )
    p.add_argument("out", type=Path)
    p.add_argument("--minutes", type=float, required=True, help="length of the whole run by the clock")
    p.add_argument(
        "--fonts", choices=("train", "all"), default="train", help="train: hold families out; all: release weights"
    )
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--rate", type=float, default=2.5e-3, help="peak learning rate")
    p.add_argument("--processes", type=int, default=2)
    p.add_argument("--warm", type=Path, help="int8 export to start from")
    p.add_argument("--start", type=Path, help="checkpoint to start from (fine-tuning)")
    p.add_argument("--port", type=int, default=29517)
    start(Run(**vars(p.parse_args())))


if __name__ == "__main__":
    main()
