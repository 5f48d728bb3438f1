"""How each kind of property is standardised: the named steps it passes, in order, and the reader at their end.

A kind may also have a quick reader: it takes the values of the usual form by the column, and must give just what steps
and reader would give, without a repair.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import polars as pl

from contracts import Property
from matching.standardise import codes, contacts, dates, identifiers, names, office_codes, text
from matching.standardise.misread import SUSPECT
from matching.standardise.number_cells import COLUMN_STEPS, IDENTIFIER_STEPS
from matching.standardise.reading import Reader, Step
from matching.standardise.tidied import Steps

_VALUE = pl.col("value")
QuickReader = Callable[[pl.Series], pl.DataFrame]
"""Gives `std` and the further forms of a reading but its problem; null where it does not read."""


def _taken_if(is_plain: pl.Expr) -> QuickReader:
    """Takes the values of which the expression on `value` is true, as they are."""

    def read(values: pl.Series) -> pl.DataFrame:
        return values.to_frame("value").select(std=pl.when(is_plain).then(_VALUE))

    return read


def _quick(plain: str) -> QuickReader:
    return _taken_if(_VALUE.str.contains(plain))


@dataclass(frozen=True, slots=True)
class Kind:
    """The steps and the reader of a kind of property."""

    steps: tuple[Step, ...]
    reader: Reader
    quick: QuickReader | None = None
    """None where values are few, so that reading each distinct one costs nothing."""
    column_steps: Steps = ()
    """What some of the steps do to many values, for whole columns."""


_TEXT = text.TEXT_STEPS
_CODE = text.CODE_STEPS
_SHORT = text.TEXT_STEPS + codes.NUMBER_STEPS
_NUMBER = text.CODE_STEPS + IDENTIFIER_STEPS
_OFFICE_CODE = text.CODE_STEPS + office_codes.OFFICE_CODE_STEPS
_DATE = text.CODE_STEPS + dates.DATE_STEPS
_PLAIN_TEXT = _taken_if(~_VALUE.str.contains(text.NOT_CLEAN))
_PLAIN_ORGANISATION = _taken_if(
    _VALUE.str.contains(rf"^[{text.LETTERS}0-9]+([ .&,]+[{text.LETTERS}0-9]+)*$")
    & ~_VALUE.str.contains(rf"{SUSPECT}|  |^[^{text.LETTERS}]*$")
)

KINDS: dict[str, Kind] = {
    "text": Kind(_TEXT, text.read_text, _PLAIN_TEXT),
    "address": Kind(_TEXT, text.read_text, _PLAIN_TEXT),
    "place_key": Kind(_TEXT, text.read_text, _PLAIN_TEXT),
    "person_name": Kind(_TEXT + names.NAME_STEPS, names.read_name, names.quick_names, names.COLUMN_STEPS),
    "owner_name": Kind(_TEXT + names.OWNER_STEPS, names.read_owner, names.quick_names, names.COLUMN_STEPS),
    "organisation_name": Kind(_TEXT + names.OWNER_STEPS, names.read_name, _PLAIN_ORGANISATION),
    "identifier": Kind(_NUMBER, identifiers.read_identifier, identifiers.quick_identifiers, COLUMN_STEPS),
    "citizen_id": Kind(_NUMBER, identifiers.read_citizen_id, identifiers.quick_citizen_ids, COLUMN_STEPS),
    "tax_code": Kind(_NUMBER, identifiers.read_tax_code, identifiers.quick_tax_codes, COLUMN_STEPS),
    "date": Kind(_DATE, dates.read_date, dates.quick_dates),
    "datetime": Kind(_DATE, dates.read_datetime, dates.quick_datetimes),
    "sex": Kind(_SHORT, codes.read_sex),
    "ethnicity": Kind(_SHORT, codes.read_ethnicity),
    "nationality": Kind(_TEXT, codes.read_nationality),
    "flag": Kind(_SHORT, codes.read_flag),
    "code": Kind(_SHORT, codes.read_code((), ())),
    "book_number": Kind(_SHORT, text.read_text, _quick("^[0-9]+(?:/[0-9]+)*$")),
    "dossier_code": Kind(_OFFICE_CODE, office_codes.read_dossier_code, office_codes.quick_dossier_codes),
    "procedure_code": Kind(_OFFICE_CODE, office_codes.read_procedure_code),
    "office": Kind(_TEXT, text.read_text, _PLAIN_TEXT),
    "province_code": Kind(_SHORT, codes.read_unit_code(2)),
    "district_code": Kind(_SHORT, codes.read_unit_code(3)),
    "commune_code": Kind(_SHORT, codes.read_unit_code(5)),
    "industry_code": Kind(_SHORT, codes.read_industry),
    "phone": Kind(_SHORT + contacts.PHONE_STEPS, contacts.read_phone, contacts.quick_phones),
    "email": Kind(_CODE + contacts.EMAIL_STEPS, contacts.read_email, contacts.quick_emails),
}
"""Every kind that a contract may name."""


@cache
def kind_of(prop: Property) -> Kind:
    """The kind of a property; a code list takes its valid values from the property's rules, and their labels."""
    kind = KINDS[prop.kind]
    if prop.kind != "code":
        return kind
    valid_values = tuple(value for rule in prop.rules for value in rule.valid_values)
    return replace(kind, reader=codes.read_code(valid_values, prop.labels))
