"""The suite of a release candidate's table, from its published contract. Everything here refuses the release."""

from contracts import Contract
from expectations.groups import ErrorGroup
from expectations.suites.check import Check, Demand, NoRowWhere, NotNull, OneOf, RowCount, Unique
from expectations.suites.phrases import in_no_row_of

LINK_STATUSES = ("linked", "review", "not_found", "unlinkable")
SET_WHEN_PUBLISHED = frozenset({"release"})
"""Columns that get their value in the publishing transaction, after the gate."""

DECIDED_BY_STEWARD = "decided_by_steward"
"""Reason of a link to whom a steward named; that one may have left the register since, and the word stands."""

_STATUS, _REASON = "_link_status", "_link_reason"


def release(
    contract: Contract, *, rows_before: int, max_row_change: float, absent: frozenset[str] = frozenset()
) -> tuple[Check, ...]:
    """The checks of one table: required values, key, links, references, and no table emptied or shrunk too much.

    `absent` are the tables that the candidate lacks; nothing may point to them.
    """
    return (
        *_required(contract),
        *_links(contract),
        *_references(contract, absent),
        _check(
            contract,
            "key_is_unique",
            Unique(contract.key),
            "Khóa của bảng công bố không được trùng",
            "the key of a published table is unique",
        ),
        *_row_counts(contract, rows_before, max_row_change),
    )


def _required(contract: Contract) -> list[Check]:
    return [
        _check(
            contract,
            f"{each.name}_present",
            NotNull(each.name),
            f"Cột {each.name} ({each.title_vi}) phải có giá trị",
            f"column {each.name} has a value in every row",
            column=each.name,
        )
        for each in contract.properties
        if each.is_required and each.name not in SET_WHEN_PUBLISHED
    ]


def _links(contract: Contract) -> list[Check]:
    checks = []
    for column in (each for each in contract.names if each.endswith(_STATUS)):
        role = column.removesuffix(_STATUS)
        ids = tuple(each for each in (f"{role}_person_id", f"{role}_enterprise_id") if each in contract.names)
        missing = " AND ".join(f"{each} IS NULL" for each in ids)
        statuses = ", ".join(LINK_STATUSES)
        checks += [
            _check(
                contract,
                f"{column}_known",
                OneOf(column, LINK_STATUSES),
                f"Trạng thái liên kết {column} phải là một trong {statuses}",
                f"{column} is one of {statuses}",
                column=column,
            ),
            _check(
                contract,
                f"{role}_linked_has_id",
                NoRowWhere(f"{column} = 'linked' AND {missing}", (column, *ids)),
                f"Vai trò {role} đã liên kết thì phải có mã người hoặc mã doanh nghiệp",
                f"a linked {role} has the id of a person or enterprise",
                column=ids[0],
            ),
        ]
    return checks


def _references(contract: Contract, absent: frozenset[str]) -> list[Check]:
    return [
        _check(
            contract,
            f"{each.name}_exists",
            NoRowWhere(_dangling(contract, each.name, each.references, absent), (each.name,)),
            f"Cột {each.name} phải chỉ tới một dòng có thật của bảng {each.references[0]}",
            f"column {each.name} points to a row that exists in table {each.references[0]}",
            column=each.name,
        )
        for each in contract.properties
        if each.references
    ]


def _dangling(contract: Contract, column: str, to: tuple[str, str], absent: frozenset[str]) -> str:
    table, key = to
    dangling = f"{column} IS NOT NULL" if table in absent else in_no_row_of(column, contract.dataset, table, key)
    reason = next((each for each in contract.names if _says_why(each, column)), None)
    return f"{dangling} AND {reason} IS DISTINCT FROM '{DECIDED_BY_STEWARD}'" if reason else dangling


def _says_why(name: str, column: str) -> bool:
    return name.endswith(_REASON) and column.startswith(name.removesuffix(_REASON) + "_")


def _row_counts(contract: Contract, rows_before: int, max_row_change: float) -> list[Check]:
    if rows_before == 0 or contract.may_shrink:
        return []
    least = rows_before - int(rows_before * max_row_change)
    return [
        _check(
            contract,
            "table_not_emptied",
            RowCount(1),
            f"Bảng {contract.dataset} đang có {rows_before} dòng; bản phát hành không được làm bảng trống",
            f"table {contract.dataset} holds {rows_before} rows; a release must not empty it",
        ),
        _check(
            contract,
            "row_count_kept",
            RowCount(least),
            f"Bảng {contract.dataset} đang có {rows_before} dòng; bản phát hành không được còn dưới {least} dòng",
            f"table {contract.dataset} holds {rows_before} rows; a release must not leave fewer than {least}",
        ),
    ]


def _check(contract: Contract, rule: str, demand: Demand, vi: str, en: str, *, column: str | None = None) -> Check:
    return Check(
        rule=rule,
        property=column,
        criterion="đủ" if isinstance(demand, NotNull | RowCount) else "đúng",
        severity="refuse",
        title_vi=vi,
        title_en=en,
        demand=demand,
        group=_group(rule, demand),
        source=f"contract {contract.dataset} {contract.version}",
        is_for_deletes=True,
    )


def _group(rule: str, demand: Demand) -> ErrorGroup:
    if rule.endswith("_exists"):
        return "reference"
    match demand:
        case NotNull() | RowCount():
            return "missing"
        case Unique():
            return "duplicate"
        case OneOf():
            return "format"
        case _:
            return "contradiction"
