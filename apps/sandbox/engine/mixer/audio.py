"""What is heard: each person's own quiet tone while they speak, mixed."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from apps.sandbox.engine.mixer import people
from apps.sandbox.engine.mixer.scene import Person

_LEVEL = 0.06  # of full scale, for one person
_LOUDEST = 0.5


def mix(heard: Iterable[Person], first_sample: int, count: int, rate: int) -> NDArray[np.float32]:
    """`count` samples from `first_sample` on at `rate` Hz: 2 × count, -1..1. Blocks that follow join without clicks."""
    t = (first_sample + np.arange(count, dtype=np.float64)) / rate
    stereo = np.zeros((2, count))
    for person in heard:
        if not (person.publishing and person.audible):
            continue
        tone = _LEVEL * _open(person.user_id, t) * np.sin(2 * math.pi * people.tone_of(person.user_id) * t)
        pan = people.phase_of(person.user_id) / 16
        stereo[0] += tone * (1.25 - 0.5 * pan)
        stereo[1] += tone * (0.75 + 0.5 * pan)
    return np.clip(stereo, -_LOUDEST, _LOUDEST).astype(np.float32)


def _open(user_id: str, t: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far the mouth is open, 0..1: as `people.speaking`, with soft edges of 50 ms and syllables."""
    turn = (t + people.phase_of(user_id)) % 3.0
    edge = np.clip(np.minimum(turn, 2.0 - turn) / 0.05, 0.0, 1.0)
    return np.asarray(edge * (0.7 + 0.3 * np.sin(2 * math.pi * 3.0 * turn)))
