"""Rules across the fields of a death registration."""

from expectations.suites.check import Check, RowRule
from expectations.suites.holders import agrees_with_holder, begins_with_province
from expectations.suites.phrases import after_delivery, before

_RULES = (
    RowRule(
        rule="registered_not_after_delivery",
        property="registered_on",
        criterion="đúng",
        title_vi="Ngày đăng ký không được sau ngày giao dữ liệu",
        title_en="an entry is not registered after the day it was delivered",
        fails=after_delivery("registered_on"),
        reads=("registered_on__std", "_delivery_id"),
        source="order of events; the delivery's folder is named after its day",
        group="outlier",
    ),
    RowRule(
        rule="registered_not_before_death",
        property="registered_on",
        criterion="đúng",
        title_vi="Ngày đăng ký khai tử không được trước ngày chết",
        title_en="a death is not registered before it happened",
        fails=before("registered_on", "death_date"),
        reads=("registered_on__std", "registered_on__precision", "death_date__std"),
        source="order of events",
    ),
    RowRule(
        rule="death_not_before_birth",
        property="death_date",
        criterion="đúng",
        title_vi="Ngày chết không được trước ngày sinh",
        title_en="nobody dies before being born",
        fails=before("death_date", "deceased_birth_date"),
        reads=("death_date__std", "death_date__precision", "deceased_birth_date__std"),
        source="order of events",
    ),
    agrees_with_holder("deceased_number", "deceased_paper_number", "người chết", "deceased"),
    begins_with_province("deceased_number", "deceased_paper_number", "người chết", "deceased"),
)


def death() -> tuple[Check, ...]:
    """The suite of death registrations, beside what their contract asks for."""
    return tuple(each.check() for each in _RULES)
