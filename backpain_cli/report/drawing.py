"""Where the marks go on the drawing of the back, and where their words stand beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from backpain_cli.model import Area

LINE = 17
"""The least distance between two lines of words, in the units of the drawing."""


@dataclass(frozen=True)
class Ellipse:
    """A shape on the drawing, by its middle and its two radii."""

    x: int
    y: int
    rx: int
    ry: int


@dataclass(frozen=True)
class Mark:
    """One area with its words."""

    words: str
    shapes: tuple[Ellipse, ...]
    words_y: int

    @property
    def right(self) -> Ellipse:
        """Return the shape that the line to the words begins at."""
        return max(self.shapes, key=lambda shape: shape.x)


WORDS = {
    Area.UPPER_BACK: "upper back",
    Area.MID_BACK: "mid back",
    Area.LOW_BACK: "low back",
    Area.FLANK: "flank",
    Area.BUTTOCK: "buttock",
    Area.TAILBONE: "tailbone",
    Area.HIP: "hip or groin",
    Area.THIGH: "thigh",
    Area.BELOW_KNEE: "below the knee",
}

_MIDDLE = 100


def _both(x: int, y: int, rx: int, ry: int) -> tuple[Ellipse, ...]:
    """Return a shape on each side of the spine: nobody asked which side hurts."""
    return Ellipse(_MIDDLE - x, y, rx, ry), Ellipse(_MIDDLE + x, y, rx, ry)


SHAPES = {
    Area.UPPER_BACK: (Ellipse(_MIDDLE, 88, 20, 15),),
    Area.MID_BACK: (Ellipse(_MIDDLE, 122, 24, 15),),
    Area.LOW_BACK: (Ellipse(_MIDDLE, 158, 20, 15),),
    Area.FLANK: _both(28, 148, 7, 14),
    Area.BUTTOCK: _both(17, 201, 14, 15),
    Area.TAILBONE: (Ellipse(_MIDDLE, 184, 6, 8),),
    Area.HIP: _both(35, 196, 7, 13),
    Area.THIGH: _both(20, 250, 11, 26),
    Area.BELOW_KNEE: _both(19, 320, 9, 30),
}


def marks(areas: Iterable[Area]) -> tuple[Mark, ...]:
    """Return a mark for each area from top to bottom, with no words over others."""
    placed: list[Mark] = []
    for area in sorted(areas, key=lambda one: SHAPES[one][0].y):
        lowest = placed[-1].words_y + LINE if placed else 0
        placed.append(Mark(WORDS[area], SHAPES[area], max(SHAPES[area][0].y, lowest)))
    return tuple(placed)
