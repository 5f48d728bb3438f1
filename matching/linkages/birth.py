"""Births: the child, once in its life, and its parents, whose links support each other."""

from matching.engine.spec import Cardinality
from matching.linkages.role import Role

_MOTHER = ("mother_name", "mother_id_number")
_FATHER = ("father_name", "father_id_number")
_CHILD = ("child_name", "child_birth_date", "child_citizen_id")

ROLES = (
    Role(
        "child",
        "child_name",
        ("child_citizen_id",),
        birth_date="child_birth_date",
        sex="child_sex",
        event_date="registered_on",
        mother=_MOTHER,
        father=_FATHER,
        cardinality=Cardinality.ONE_TO_ONE,
    ),
    Role(
        "mother",
        "mother_name",
        ("mother_id_number",),
        birth_date="mother_birth_date",
        sex=2,
        places=("child_origin", "registration_place"),
        event_date="child_birth_date",
        namesake=("requester_name", "requester_id_number"),
        spouse=_FATHER,
        child=_CHILD,
    ),
    Role(
        "father",
        "father_name",
        ("father_id_number",),
        birth_date="father_birth_date",
        sex=1,
        places=("child_origin", "registration_place"),
        event_date="child_birth_date",
        namesake=("requester_name", "requester_id_number"),
        spouse=_MOTHER,
        child=_CHILD,
    ),
)
