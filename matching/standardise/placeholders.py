"""Numbers that clerks type when there is none: one digit or a short block over and over, counting, nought point one."""

from collections.abc import Iterator
from itertools import product

from stdnum.vn import mst

_DIGITS = "0123456789"
_LENGTHS = range(8, 14)
_LONGEST_BLOCK = 4
_FEWEST_TIMES = 3
"""A block that comes but twice may be chance."""


def _repeated_blocks() -> Iterator[str]:
    """`123123123`, `074107410741`; a tax code whose check digit fits may be one by chance and is left out."""
    for length in _LENGTHS:
        for size in range(2, min(_LONGEST_BLOCK, length // _FEWEST_TIMES) + 1):
            numbers = (("".join(block) * length)[:length] for block in product(_DIGITS, repeat=size))
            yield from (each for each in numbers if length != 10 or not mst.is_valid(each))


def _repeated_in_turn() -> Iterator[str]:
    """`112233445566`, `998877665544`, `111222333`: each digit twice or three times, up or down."""
    for times, turn, length in product((2, 3), (_DIGITS, _DIGITS[::-1]), _LENGTHS):
        whole = "".join(digit * times for digit in turn * 2)
        yield from (whole[first * times :][:length] for first in range(10))


PLACEHOLDERS = frozenset(
    [digit * length for digit in _DIGITS for length in range(1, 15)]
    + [("1234567890" * 2)[:length] for length in range(3, 14)]
    + [("0123456789" * 2)[:length] for length in range(4, 14)]
    + [("9876543210" * 2)[:length] for length in range(4, 14)]
    + ["0" * (length - 1) + "1" for length in range(8, 14)]
    + [*_repeated_blocks(), *_repeated_in_turn()]
)
"""Numbers of papers that are none."""
PLACEHOLDER_PATTERN = r"^0{7,}[0-9]{1,2}$"
PHONE_PLACEHOLDERS = frozenset(
    [digit * length for digit in _DIGITS for length in (10, 11)]
    + ["0" + digit * length for digit in "12467" for length in (9, 10)]
    + ["0123456789", "01234567890", "0987654321", "09876543210"]
)
"""Phone numbers that are none; one with a block over and over is dear, and somebody's."""
