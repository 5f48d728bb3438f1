"""Figures as a person reads them on the console."""


def grouped(value: int) -> str:
    """Thousands apart: 12.345."""
    return f"{value:,}".replace(",", ".")


def counted(value: int, noun: str, plural: str = "") -> str:
    """A count with its English noun: 1 row, 12.345 rows; `plural` where it is not the noun with an s."""
    return f"{grouped(value)} {noun if value == 1 else plural or f'{noun}s'}"
