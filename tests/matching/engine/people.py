"""Two small tables of people for the engine's tests: a register and records about some of it, with known damage."""

import random

import polars as pl

from matching.engine.keys import parse_key
from matching.engine.spec import Cardinality, Comparison, Rule, Spec

SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Phan", "Bùi", "Đặng", "Đỗ")
MIDDLES = ("Văn", "Thị", "Minh", "Ngọc", "Thanh", "Hữu")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hùng", "Khánh", "Lan", "Mai", "Nam", "Oanh", "Phúc", "Quân")
FIELDS = ("name", "birth", "number", "place")


def spec(cardinality: Cardinality = Cardinality.MANY_TO_ONE, **changes: object) -> Spec:
    """How the tables below are linked."""
    kinds = {"name": "name", "birth": "date", "number": "identifier", "place": "exact"}
    rules = tuple(
        Rule(tuple(parse_key(key) for key in keys))
        for keys in (("number",), ("name", "birth"), ("birth", "place"), ("name:bare", "place"))
    )
    comparisons = tuple(Comparison(name, kind, name, name) for name, kind in kinds.items())
    settings = {"rules": rules, "cardinality": cardinality, **changes}
    return Spec("id", "id", comparisons, **settings)


def register(size: int = 600, seed: int = 1) -> pl.DataFrame:
    """People with distinct numbers."""
    draw = random.Random(seed)
    rows = [
        {
            "id": f"P{at:05}",
            "name": " ".join((draw.choice(SURNAMES), draw.choice(MIDDLES), draw.choice(GIVEN))),
            "birth": f"{draw.randint(1950, 2010)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
            "number": f"0{draw.randint(10**10, 10**11 - 1)}",
            "place": f"{draw.randint(1, 25):05}",
        }
        for at in range(size)
    ]
    return pl.DataFrame(rows)


def records(people: pl.DataFrame, seed: int = 2) -> pl.DataFrame:
    """A record of every other person, one field damaged in each; its id ends in the person's."""
    draw = random.Random(seed)
    rows = []
    for at, person in enumerate(people.to_dicts()[::2]):
        record = {**person, "id": f"R{person['id']}"}
        damage = at % 5
        if damage == 1:
            record["number"] = None
        elif damage == 2:
            record["name"] = record["name"].upper().replace("Ị", "I")
        elif damage == 3:
            record["birth"] = record["birth"][:-1] + str(draw.randint(0, 9))
        elif damage == 4:
            record["place"] = None
        rows.append(record)
    return pl.DataFrame(rows)


def is_right(links: pl.DataFrame) -> pl.Series:
    """Whether each link is the person's whom the record is about."""
    return links["left_id"] == "R" + links["right_id"]
