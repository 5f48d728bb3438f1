"""Standardises the rows of a dataset: comparable forms beside the originals, every repair named, nothing overwritten.

The kind of each property (see `kinds.KINDS`) says which named steps its values pass. docs/repairs.md lists the repairs.
"""

from matching.standardise.delivery import CHUNK, standardise, standardise_delivery, standardise_in_chunks
from matching.standardise.rows import claims, shared_numbers, without_shared

VERSION = "6"
"""Changes whenever the same original would be standardised differently."""

__all__ = [
    "CHUNK",
    "VERSION",
    "claims",
    "shared_numbers",
    "standardise",
    "standardise_delivery",
    "standardise_in_chunks",
    "without_shared",
]
