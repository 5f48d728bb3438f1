"""Rules across the fields of an enterprise in the business register."""

from expectations.suites.check import Check, RowRule

CHECK_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
"""Weights of the first nine digits: digit 10 is 10 minus the weighted sum modulo 11."""

_SUM = " + ".join(
    f"{weight} * CAST(substr(enterprise_code__std, {place}, 1) AS integer)"
    for place, weight in enumerate(CHECK_WEIGHTS, start=1)
)
# CASE guards the casts: PostgreSQL keeps its order, which it does not promise for AND.
_WRONG_DIGIT = (
    "CASE WHEN enterprise_code__std ~ '^[0-9]{10}(-?[0-9]{3})?$'"
    f" THEN ({_SUM}) % 11 + CAST(substr(enterprise_code__std, 10, 1) AS integer) <> 10 ELSE false END"
)

_RULES = (
    RowRule(
        rule="enterprise_code_check_digit",
        property="enterprise_code",
        criterion="đúng",
        title_vi="Chữ số kiểm tra của mã số doanh nghiệp phải đúng",
        title_en="the check digit of the enterprise code is right",
        fails=_WRONG_DIGIT,
        reads=("enterprise_code__std",),
        group="format",
        source="check digit of tax codes, modulo 11; one published code is known to fail, so a warning",
    ),
)


def enterprise() -> tuple[Check, ...]:
    """The suite of the business register, beside what its contract asks for."""
    return tuple(each.check() for each in _RULES)
