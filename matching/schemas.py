"""The frames that the stages of matching hand to each other, as named polars schemas."""

import polars as pl

from matching.errors import SchemaError

RECORDS = pl.Schema(
    {
        "mention": pl.UInt32,
        "dataset": pl.String,
        "record_id": pl.String,
        "role": pl.String,
        "reference": pl.String,
        "is_withdrawn": pl.Boolean,
        "is_named": pl.Boolean,
        "form": pl.String,
        "words": pl.String,
        "core": pl.String,
        "is_organisation": pl.Boolean,
        "birth_date": pl.Date,
        "birth_precision": pl.String,
        "birth_alt": pl.Date,
        "sex": pl.Int16,
        "communes": pl.String,
        "province": pl.String,
        "address": pl.String,
        "phone": pl.String,
        "email": pl.String,
        "number": pl.String,
        "proposal": pl.String,
        "second_number": pl.String,
        "second_proposal": pl.String,
        "mother_form": pl.String,
        "mother_words": pl.String,
        "mother_number": pl.String,
        "father_form": pl.String,
        "father_words": pl.String,
        "father_number": pl.String,
        "spouse_form": pl.String,
        "spouse_words": pl.String,
        "spouse_number": pl.String,
        "child_words": pl.String,
        "child_birth_date": pl.Date,
        "child_number": pl.String,
        "event_date": pl.Date,
    }
)
"""One row per record and role that the record names: what it says of one person or enterprise, made comparable.

`words` is the name without accents, one space between words; `core` the name of an organisation without its legal
form; numbers are digits only, null when they identify nobody (placeholders, junk, passports). `communes` are the codes
of the communes of today that a place may mean, one space between, null when it is not known.
"""

REGISTER = pl.Schema(
    {
        "target": pl.UInt32,
        "reference_id": pl.String,
        "form": pl.String,
        "words": pl.String,
        "core": pl.String,
        "short_core": pl.String,
        "foreign_core": pl.String,
        "birth_date": pl.Date,
        "birth_precision": pl.String,
        "sex": pl.Int16,
        "communes": pl.String,
        "province": pl.String,
        "address": pl.String,
        "second_address": pl.String,
        "cmnd": pl.String,
        "former_number": pl.String,
        "mother_form": pl.String,
        "mother_words": pl.String,
        "mother_number": pl.String,
        "father_form": pl.String,
        "father_words": pl.String,
        "father_number": pl.String,
        "spouse_form": pl.String,
        "spouse_words": pl.String,
        "spouse_number": pl.String,
        "head_number": pl.String,
        "representative_form": pl.String,
        "representative_words": pl.String,
        "representative_number": pl.String,
        "sorted_words": pl.String,
        "squeezed": pl.String,
        "given": pl.String,
        "surname": pl.String,
        "initials": pl.String,
        "folded": pl.String,
    }
)
"""One row per entry of a register, a person or an enterprise; `target` numbers the entries in order of their key.

From `sorted_words` on they are the keys that blocking makes of a person's name (`keys.of_name`).
"""

CANDIDATES = pl.Schema({"profile": pl.UInt32, "target": pl.UInt32})
"""Pairs worth comparing, each once. A profile stands for all records that say exactly the same."""

EDGES = pl.Schema(
    {
        "profile": pl.UInt32,
        "target": pl.UInt32,
        "weight": pl.Float64,
        "odds": pl.Float64,
        "own_odds": pl.Float64,
        "evidence": pl.String,
        "kind": pl.String,
        "doubt": pl.String,
        "is_holder_only": pl.Boolean,
        "is_settled": pl.Boolean,
    }
)
"""Compared pairs, best first within a profile; `evidence` is told of the best alone.

`weight` counts evidence for the pair from the worst level of each field up, so a blank adds nothing; `odds` is the log2
odds that both are the same, evidence against and the size of the register included, `own_odds` the same without what
the record's other persons say; `kind` is the reason a link would
have, `doubt` the reason to ask a steward all the same, null where there is none; `is_holder_only` marks an entry that
shares the number and nothing else; `is_settled` one that needs no rival: its own number, confirmed, uncontradicted.
"""

DECISIONS = pl.Schema(
    {
        "dataset": pl.String,
        "record_id": pl.String,
        "role": pl.String,
        "reference": pl.String,
        "reference_id": pl.String,
        "status": pl.String,
        "reason": pl.String,
        "weight": pl.Float64,
        "runner_up_weight": pl.Float64,
        "evidence": pl.String,
        "model": pl.String,
    }
)
"""One row per record and role: the answer, its reason and the evidence; sorted by dataset, record_id and role."""

OCCURRENCES = pl.Schema(
    {
        "record_id": pl.String,
        "role": pl.String,
        "reference": pl.String,
        "key": pl.String,
        "about_on": pl.Date,
    }
)
"""One row per record and role that names somebody: the day it speaks of, and the key of whom it names.

`key` is equal for records that surely mean the same one by what they say themselves; it says nothing of a register.
"""

CONTRARY = pl.Schema(
    {
        "record_id": pl.String,
        "role": pl.String,
        "reference": pl.String,
        "reference_id": pl.String,
        "verdict": pl.String,
        "kind": pl.String,
        "other_id": pl.String,
        "odds": pl.Float64,
        "evidence": pl.String,
    }
)
"""A steward's verdict and what speaks against it now: `kind` of the closed list `contrary.Kind`.

`other_id` is the entry that the engine would link instead; `odds` are those of the pair the verdict is about, in log2,
null where it cannot be weighed.
"""

VERDICTS = pl.Schema(
    {
        "record_id": pl.String,
        "role": pl.String,
        "reference": pl.String,
        "reference_id": pl.String,
        "verdict": pl.String,
    }
)
"""What stewards decided: `same`, `different` (the pair is barred) or `not_in_register`."""


def check(frame: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    """The frame with exactly the schema's columns in order; SchemaError names what is missing or of another type."""
    missing = [name for name in schema if name not in frame.columns]
    wrong = [name for name, dtype in schema.items() if name in frame.columns and frame.schema[name] != dtype]
    if missing or wrong:
        raise SchemaError(tuple(missing), tuple(wrong))
    return frame.select(schema.names())
