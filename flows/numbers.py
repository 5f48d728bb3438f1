"""Figures as a person reads them on the console."""


def grouped(value: int) -> str:
    """Thousands apart: 12.345."""
    return f"{value:,}".replace(",", ".")
