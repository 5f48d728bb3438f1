"""How a made-up province is linked, for all its benchmarks: kinds of columns, four rules, what Splink learns under."""

from matching.engine.keys import parse_key
from matching.engine.spec import Comparison, Rule, Spec

FIELDS = {
    "full_name": "name",
    "birth_date": "date",
    "sex": "exact",
    "commune_code": "exact",
    "phone": "exact",
    "mother_name": "name",
    "father_name": "name",
    "number": "identifier",
}
"""Kind by column of the local records; the register calls `number` `person_id`, and all others the same."""
RULES = (("number",), ("full_name", "birth_date"), ("birth_date", "commune_code"), ("full_name", "commune_code"))
SURE = (("number",), ("full_name", "birth_date"))
"""Rules whose pairs are nearly all matches: Splink estimates its prior by them."""
TRAINED = (("birth_date", "commune_code"), ("full_name", "commune_code"))
"""Rules under which Splink learns m."""


def of_register(column: str) -> str:
    """What the register calls a column of the local records."""
    return "person_id" if column == "number" else column


SPEC = Spec(
    "record_id",
    "person_id",
    tuple(Comparison(name, kind, name, of_register(name)) for name, kind in FIELDS.items()),
    tuple(Rule(tuple(parse_key(f"{name} = {of_register(name)}") for name in rule)) for rule in RULES),
)
