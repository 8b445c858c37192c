"""How do pairs of texts lie ready for a network, by the hundred thousand?"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import chain

import torch
from torch import Tensor

from pmrehearse.judging.wordpiece import WordPiece

AT_ONCE = 512
"""So many pairs are scored at a time."""
JITTER = 8
"""Batches are of pairs about as long as one another: give or take so many tokens."""


class Rows:
    """Pairs as rows of numbers, one behind the other on the device.

    Attributes:
        lengths: Tokens of each row, int64, shape (rows,), in main memory.
    """

    def __init__(self, flat: Tensor, lengths: Tensor, starts: Tensor, n_first: Tensor) -> None:
        """Take rows that lie ready; see `rows_of`."""
        self.lengths = lengths
        self._flat, self._starts, self._n_first = flat, starts, n_first
        self._n_tokens = lengths.to(flat.device)

    def parts(self) -> dict[str, Tensor]:
        """What `Rows(**parts)` takes, to be kept in a file."""
        flat, starts, n_first = (part.cpu() for part in (self._flat, self._starts, self._n_first))
        return {"flat": flat, "lengths": self.lengths, "starts": starts, "n_first": n_first}

    def on(self, device: torch.device) -> Rows:
        """The same on a device."""
        return Rows(self._flat.to(device), self.lengths, self._starts.to(device), self._n_first.to(device))

    def only(self, numbers: Tensor) -> Rows:
        """Some of the rows, in this order; nothing is copied but where they begin."""
        on = numbers.to(self._flat.device)
        return Rows(self._flat, self.lengths[numbers], self._starts[on], self._n_first[on])

    def batch(self, numbers: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Numbers, sides and mask of some rows, each of shape (rows, tokens of the longest).

        Args:
            numbers: Which rows; int64, in main memory.
        """
        longest, device = int(self.lengths[numbers].max()), self._flat.device
        places = torch.arange(longest, device=device)[None, :]
        rows = numbers.to(device)
        mask = places < self._n_tokens[rows][:, None]
        at = (self._starts[rows][:, None] + places).clamp(max=len(self._flat) - 1)
        ids = torch.where(mask, self._flat[at].long(), 0)
        sides = (mask & (places >= self._n_first[rows][:, None])).long()
        return ids, sides, mask

    def in_batches(self, size: int, chance: random.Random) -> Iterator[Tensor]:
        """All rows once, in random order, those of about a length together."""
        noisy = self.lengths + torch.tensor([chance.uniform(-JITTER, JITTER) for _ in self.lengths])
        order = noisy.argsort()
        cut = [order[at : at + size] for at in range(0, len(order), size)]
        chance.shuffle(cut)
        return iter(cut)

    def by_length(self) -> Iterator[Tensor]:
        """All rows once, the shortest first."""
        order = self.lengths.argsort()
        return (order[at : at + AT_ONCE] for at in range(0, len(order), AT_ONCE))


def rows_of(cutter: WordPiece, pairs: Sequence[tuple[str, str]]) -> Rows:
    """Pairs of criterion and passage as rows, in main memory."""
    rows = [cutter.pair(*pair) for pair in pairs]
    lengths = torch.tensor([len(row) for row, _ in rows])
    flat = torch.tensor(list(chain.from_iterable(row for row, _ in rows)), dtype=torch.int32)
    return Rows(flat, lengths, torch.cumsum(lengths, 0) - lengths, torch.tensor([first for _, first in rows]))
