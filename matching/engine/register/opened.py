"""A prepared register, open: what is frozen, and its rows."""

from dataclasses import dataclass
from pathlib import Path

from matching.engine.register import frozen, manifest
from matching.engine.register.frozen import Frozen
from matching.engine.register.manifest import Manifest
from matching.engine.register.segments import Side
from matching.engine.spec import Spec


@dataclass(frozen=True, slots=True)
class Prepared:
    """Opened in milliseconds, whatever its size; a later change of the folder does not reach it."""

    folder: Path
    book: Manifest
    frozen: Frozen
    entries: Side

    @classmethod
    def opened(cls, folder: Path, spec: Spec | None = None) -> "Prepared":
        """The register of a folder; SpecError where `spec` is not what it was prepared for."""
        book = manifest.read(folder, spec)
        held = frozen.opened(folder, book)
        return cls(folder, book, held, Side.opened(folder, book.register, len(held.plan.rules)))
