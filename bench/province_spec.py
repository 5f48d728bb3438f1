"""The linkage of a made-up province, for the benchmarks of prepared registers: kinds of all columns, four rules."""

from matching.engine.keys import parse_key
from matching.engine.spec import Comparison, Rule, Spec

_KINDS = {
    "full_name": "name",
    "birth_date": "date",
    "sex": "exact",
    "commune_code": "exact",
    "phone": "exact",
    "mother_name": "name",
    "father_name": "name",
}
_RULES = (
    ("number = person_id",),
    ("full_name", "birth_date"),
    ("birth_date", "commune_code"),
    ("full_name", "commune_code"),
)
SPEC = Spec(
    "record_id",
    "person_id",
    (
        *(Comparison(name, kind, name, name) for name, kind in _KINDS.items()),
        Comparison("number", "identifier", "number", "person_id"),
    ),
    tuple(Rule(tuple(map(parse_key, rule))) for rule in _RULES),
)
"""The same as `bench.against_splink` measures."""
