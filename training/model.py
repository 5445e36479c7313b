"""The network: a small CRNN. Input (B, 1, 40, W) with ink = 1; output logits (B, W // 4, classes)."""

from typing import cast

import torch
from torch import Tensor, nn

HEIGHT = 40
STRIDE = 4


def _block(cin: int, cout: int, kernel: int = 3, stride: int | tuple[int, int] = 1) -> nn.Sequential:
    conv = nn.Conv2d(cin, cout, kernel, stride, kernel // 2, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(cout), nn.ReLU(inplace=True))


class LineReader(nn.Module):
    """Six convolutions (height 40 → 5, width / 4), one full-height convolution, context, two BiLSTM layers."""

    def __init__(self, classes: int, feature: int = 256, hidden: int = 144, drop: float = 0.1) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            _block(1, 24, 5, 2),
            _block(24, 64, 3, 2),
            _block(64, 64),
            _block(64, 96, 3, (2, 1)),
            _block(96, 96),
            _block(96, 128),
        )
        full = nn.Conv2d(128, feature, ((HEIGHT + 7) // 8, 1), bias=False)
        self.col = nn.Sequential(full, nn.BatchNorm2d(feature), nn.ReLU(inplace=True))
        wide = nn.Conv1d(feature, feature, 5, padding=2, bias=False)
        self.ctx = nn.Sequential(wide, nn.BatchNorm1d(feature), nn.ReLU(inplace=True), nn.Dropout(drop))
        self.rnn = nn.LSTM(feature, hidden, 2, bidirectional=True, batch_first=True, dropout=drop)
        self.out = nn.Linear(2 * hidden, classes)

    def forward(self, x: Tensor) -> Tensor:
        y = self.col(self.stem(x)).squeeze(2)
        y = (self.ctx(y) + y).transpose(1, 2)
        return cast(Tensor, self.out(self.rnn(y)[0]))


class LogPosteriors(nn.Module):
    """What is exported: log probabilities (B, W // 4, classes)."""

    def __init__(self, reader: nn.Module) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, x: Tensor) -> Tensor:
        return torch.log_softmax(self.reader(x), -1)
