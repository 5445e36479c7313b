"""Grey pictures and the input convention of the line recogniser (training/README.md says it in words).

Pictures are `uint8`, dark ink on light paper, rows first. A *body* is the height of ก: the unit of all distances on a page.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Mask = NDArray[np.uint8]  # 1 = ink
Real = NDArray[np.float32]

HEIGHT = 40  # rows of a normalised crop
STRIDE = 4  # columns of the crop to a frame of the output
LEAST_CONTRAST = 25


def normalise(crop: Grey) -> Grey:
    """Scale to 40 rows (width in proportion, at least 16), stretch percentiles 0.7 / 88 to ink 255 / paper 0."""
    s = HEIGHT / crop.shape[0]
    size = (max(16, round(crop.shape[1] * s)), HEIGHT)
    g = cv2.resize(crop, size, interpolation=cv2.INTER_AREA if s < 1 else cv2.INTER_LINEAR)
    low, high = np.percentile(g[:, ::2], (0.7, 88))
    high = max(high, low + LEAST_CONTRAST)
    stretched = np.clip((high - g.astype(np.float32)) * (255 / (high - low)), 0, 255)
    return np.asarray(stretched, np.uint8)


def odd(value: float) -> int:
    """The odd whole number at or above, at least 3: sizes of filters."""
    return max(3, int(value) | 1)
