"""Marriages: husband and wife, each named beside the other."""

from matching.linkages.role import Role

ROLES = (
    Role(
        "husband",
        "husband_name",
        ("husband_citizen_id", "husband_paper_number"),
        birth_date="husband_birth_date",
        sex=1,
        places=("husband_residence",),
        address="husband_residence",
        event_date="registered_on",
        spouse=("wife_name", "wife_citizen_id"),
    ),
    Role(
        "wife",
        "wife_name",
        ("wife_citizen_id", "wife_paper_number"),
        birth_date="wife_birth_date",
        sex=2,
        places=("wife_residence",),
        address="wife_residence",
        event_date="registered_on",
        spouse=("husband_name", "husband_citizen_id"),
    ),
)
