"""Our linkages, each declared in one place: persons and enterprises, and the roles that every dataset names."""

from matching.linkages import birth, death, dossier, marriage
from matching.linkages.role import Role

ROLES: dict[str, tuple[Role, ...]] = {
    "dossier": dossier.ROLES,
    "birth": birth.ROLES,
    "marriage": marriage.ROLES,
    "death": death.ROLES,
}
"""Every role of every local dataset."""
