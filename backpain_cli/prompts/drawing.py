"""A small drawing of a back in plain characters, with the numbers of the choices on it."""

from collections.abc import Mapping
from itertools import cycle

from backpain_cli.model import Area

LEAST_WIDTH = 70
"""The columns a terminal needs to show the drawing beside the choices."""

_BACK = r"""
        __
       (  )
   .---'  '---.
  /     UU     \
 / |          | \
 | |    MM    | |
 | |          | |
 | |FF  LL  FF| |
 |/|          |\|
 ' |HH  TT  HH| '
   | BB || BB |
   |    ||    |
   | GG || GG |
   | KK || KK |
   '----''----'
"""
_MARKS = {
    Area.UPPER_BACK: "UU",
    Area.MID_BACK: "MM",
    Area.LOW_BACK: "LL",
    Area.FLANK: "FF",
    Area.BUTTOCK: "BB",
    Area.TAILBONE: "TT",
    Area.HIP: "HH",
    Area.THIGH: "GG",
    Area.BELOW_KNEE: "KK",
}
"""Where each area's number stands in the drawing."""

WIDTH = max(len(row) for row in _BACK.splitlines())
"""Columns of the drawing."""


def drawing(areas: Mapping[int, Area]) -> tuple[str, ...]:
    """Return the rows of the drawing with each choice's number on its area; `areas` is by number."""
    back = _BACK.strip("\n")
    for area, mark in _MARKS.items():
        back = _with_numbers(back, mark, [number for number, there in areas.items() if there is area])
    return tuple(row.rstrip() for row in back.splitlines())


def _with_numbers(back: str, mark: str, numbers: list[int]) -> str:
    """Put the numbers in place of the marks; two choices on one area take a side each."""
    shown = cycle(f"{number:<2}" for number in numbers) if numbers else cycle(["  "])
    while mark in back:
        back = back.replace(mark, next(shown), 1)
    return back
