"""Deaths: the deceased, once."""

from matching.engine.spec import Cardinality
from matching.linkages.role import Role

ROLES = (
    Role(
        "deceased",
        "deceased_name",
        ("deceased_paper_number",),
        birth_date="deceased_birth_date",
        sex="deceased_sex",
        places=("deceased_residence",),
        address="deceased_residence",
        event_date="death_date",
        cardinality=Cardinality.ONE_TO_ONE,
    ),
)
