"""The input convention of the recogniser, shared by training, evaluation and (word for word) the runtime.

A crop is grey uint8, dark ink on light paper, one line of text, from about 2.0-2.75 body heights above the baseline to
0.45-0.8 below (body = height of ก). It is scaled to 40 rows, stretched so that ink is 255 and paper 0, padded right.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
PAD = 8


def normalise(crop: Grey, height: int = 40) -> Grey:
    """Scale to `height` rows (width in proportion, at least 16), percentiles 0.7 / 88 to ink 255 / paper 0."""
    s = height / crop.shape[0]
    size = (max(16, round(crop.shape[1] * s)), height)
    g = cv2.resize(crop, size, interpolation=cv2.INTER_AREA if s < 1 else cv2.INTER_LINEAR)
    low, high = np.percentile(g[:, ::2], (0.7, 88))
    high = max(high, low + 25)
    stretched = np.clip((high - g.astype(np.float32)) * (255 / (high - low)), 0, 255)
    return np.asarray(stretched, np.uint8)


def network_input(normal: Grey) -> NDArray[np.float32]:
    """(1, 1, 40, W') in 0..1: 8 to 15 empty columns at the right make W' a multiple of 8."""
    fill = PAD + (-normal.shape[1]) % PAD
    padded = np.pad(normal, ((0, 0), (0, fill)))
    return np.divide(padded, 255, dtype=np.float32)[None, None]
