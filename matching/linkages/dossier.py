"""Dossiers of the one-stop system: whose application it is."""

from matching.linkages.role import Role

ROLES = (
    Role(
        "owner",
        "owner_name",
        ("owner_number",),
        birth_date="owner_birth_date",
        sex="owner_sex",
        places=("owner_commune_code", "owner_address"),
        address="owner_address",
        phone="owner_phone",
        email="owner_email",
        event_date="received_at",
    ),
)
