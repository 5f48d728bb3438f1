"""The terms of a grant, held against the contract of its table before anything is written."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import get_args
from zoneinfo import ZoneInfo

import contracts
from contracts import Contract
from contracts.model import Classification
from warehouse.access.errors import GrantTermsError, UngrantableTableError

LEVELS: tuple[str, ...] = get_args(Classification)
EVERY_UNIT = "all"
LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Terms:
    """What is granted of a table, for what purpose, and until when."""

    table: str
    purpose: str
    legal_basis: str
    until: date
    """Last day of the grant, by Viet Nam's time."""
    ceiling: str
    """Columns of this classification and below are shown in clear."""
    columns: tuple[str, ...] = ()
    """Columns shown in clear although they are classified higher."""
    is_every_unit: bool = False
    units: tuple[str, ...] = ()
    unit_prefixes: tuple[str, ...] = ()

    @classmethod
    def read(
        cls, table: str, *, purpose: str, basis: str, until: str, columns: str, units: Sequence[str] = ()
    ) -> "Terms":
        """The terms as people write them; the error names the one that cannot be taken.

        `columns` is a level and perhaps more columns: `internal` or `internal,owner_name`. A unit is a name, or the
        beginning of names when it ends in `*`; `all` stands for every unit.
        """
        contract = grantable(table)
        ceiling, more = _columns(contract, columns)
        is_every_unit, exact, prefixes = _units(contract, units)
        return cls(
            table=table,
            purpose=plain_text("purpose", purpose),
            legal_basis=plain_text("basis", basis),
            until=_last_day(until),
            ceiling=ceiling,
            columns=more,
            is_every_unit=is_every_unit,
            units=exact,
            unit_prefixes=prefixes,
        )


def grantable(table: str) -> Contract:
    """The contract of a table that departments can be granted; UngrantableTableError offers the known ones."""
    known = {name: each for name, each in contracts.published().items() if each.row_scope}
    if table not in known:
        raise UngrantableTableError(table, known)
    return known[table]


def plain_text(term: str, text: str) -> str:
    """The text without blanks around it; GrantTermsError if it is empty, very long, or holds what nobody can see."""
    plain = unicodedata.normalize("NFC", text).strip()
    if not plain:
        raise GrantTermsError(term, "còn trống; hãy ghi rõ", "is empty; say it")
    if len(plain) > LONGEST_TEXT:
        vi, en = f"dài quá {LONGEST_TEXT} ký tự", f"is longer than {LONGEST_TEXT} characters"
        raise GrantTermsError(term, vi, en)
    # Control and formatting characters turn a line of a log or a terminal into another than was written.
    if any(unicodedata.category(each)[0] == "C" for each in plain):
        raise GrantTermsError(term, "có ký tự không nhìn thấy được", "holds characters that cannot be seen")
    return plain


def _columns(contract: Contract, given: str) -> tuple[str, tuple[str, ...]]:
    words = list(dict.fromkeys(each.strip() for each in given.split(",")))
    levels = [each for each in words if each in LEVELS]
    more = tuple(each for each in words if each not in LEVELS)
    unknown = [each for each in more if each not in contract.names]
    if unknown:
        vi = f"{contract.dataset} không có cột {unknown[0]!r}; có: {', '.join(contract.names)}"
        en = f"{contract.dataset} has no column {unknown[0]!r}; it has: {', '.join(contract.names)}"
        raise GrantTermsError("columns", vi, en)
    if len(levels) != 1:
        choice = ", ".join(LEVELS)
        vi = f"phải nêu đúng một mức ({choice}), có thể thêm tên cột sau dấu phẩy"
        en = f"must name one level ({choice}), with further columns after commas"
        raise GrantTermsError("columns", vi, en)
    return levels[0], more


def _units(contract: Contract, given: Sequence[str]) -> tuple[bool, tuple[str, ...], tuple[str, ...]]:
    named = [plain_text("units", each) for each in given]
    if contract.row_scope != "unit":
        if named:
            vi = f"dòng của {contract.dataset} không thuộc đơn vị nào; hãy bỏ --units"
            en = f"rows of {contract.dataset} belong to no unit; leave --units out"
            raise GrantTermsError("units", vi, en)
        return False, (), ()
    if not named or (EVERY_UNIT in named and len(named) > 1):
        vi = f"hãy nêu từng đơn vị (tên, hoặc phần đầu của tên và dấu *), hoặc chỉ {EVERY_UNIT}"
        en = f"name the units (a name, or its beginning and *), or {EVERY_UNIT} alone"
        raise GrantTermsError("units", vi, en)
    prefixes = tuple(each.removesuffix("*") for each in named if each.endswith("*"))
    if "" in prefixes:
        vi, en = f"dấu * đứng một mình; muốn tất cả thì ghi {EVERY_UNIT}", f"a lone *; for every unit say {EVERY_UNIT}"
        raise GrantTermsError("units", vi, en)
    exact = tuple(each for each in named if not each.endswith("*") and each != EVERY_UNIT)
    return EVERY_UNIT in named, exact, prefixes


def _last_day(given: str) -> date:
    try:
        last = date.fromisoformat(given)
    except ValueError as exc:
        raise GrantTermsError("until", "hãy ghi ngày như 2027-12-31", "write a day like 2027-12-31") from exc
    if last < datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date():
        raise GrantTermsError("until", f"{last} đã qua", f"{last} is over")
    if last.year > 9998:
        raise GrantTermsError("until", "quá xa", "is too far away")
    return last
