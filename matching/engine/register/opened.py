"""A prepared register, open: what is frozen, and its rows."""

from dataclasses import dataclass
from pathlib import Path

from matching.engine.register import frozen, manifest
from matching.engine.register.frozen import Frozen
from matching.engine.register.manifest import Manifest
from matching.engine.register.segments import Side
from matching.engine.spec import Spec
from matching.errors import DamagedRegisterError


@dataclass(frozen=True, slots=True)
class Prepared:
    """Opened in milliseconds, whatever its size; a later change of the folder does not reach it."""

    folder: Path
    book: Manifest
    frozen: Frozen
    entries: Side

    @classmethod
    def opened(cls, folder: Path, spec: Spec | None = None) -> "Prepared":
        """The register of a folder; SpecError where it is damaged, or `spec` is not what it was prepared for."""
        before = manifest.generation(folder)
        try:
            book = manifest.read(folder, spec)
            with manifest.reading(folder):
                held = frozen.opened(folder, book)
                return cls(folder, book, held, Side.opened(folder, book.register, len(held.plan.rules)))
        except DamagedRegisterError:
            if manifest.generation(folder) == before:
                raise
        # It was changed in between, and what the former manifest named is gone.
        return cls.opened(folder, spec)
