"""The indicators laid out: rates of service with their other rules, their months, offices side by side, and our own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

import contracts
from expectations.indicators import DEFINITIONS, WHOLE_RECORD, Definition
from review.report import labels
from review.report.language import Label, Language
from review.report.months import months as monthly
from review.report.summary import Indicators, Rate

LEADING = ("on_time", "online", "electronic_result", "digitised", "reused", "population_data")
"""Those shown by month and by unit."""
OWN = ("found", "in_review", "disputed", "repaired", "quarantined")

_SHORT = {
    "on_time": Label("Đúng hạn", "On time"),
    "online": Label("Trực tuyến", "Online"),
    "electronic_result": Label("Kết quả điện tử", "Electronic result"),
    "digitised": Label("Số hóa", "Digitised"),
    "reused": Label("Tái sử dụng", "Reused"),
    "population_data": Label("Dữ liệu dân cư", "Population data"),
    "found": Label("Tìm thấy", "Found"),
    "in_review": Label("Chờ rà soát", "In review"),
    "disputed": Label("Khác sổ gốc", "Differing"),
    "repaired": Label("Phải sửa", "Repaired"),
    "quarantined": Label("Cách ly", "Quarantined"),
}
_VARIANTS = {
    "portal": Label("cách của Cổng quốc gia", "as the national portal"),
    "reuse_flag": Label("theo cờ DuocTaiSuDung", "by the flag DuocTaiSuDung"),
    "local": Label("cách của địa phương", "as local systems do"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One rate of service with its definition."""

    rate: Rate
    definition: Definition
    name: str

    @property
    def item(self) -> str:
        """The item of QĐ 766; none for other rules."""
        return self.definition.item

    @property
    def is_variant(self) -> bool:
        """Whether it is another rule for the indicator above it."""
        return self.definition.variant != "official"


@dataclass(frozen=True, slots=True)
class Trend:
    """One indicator by month: its chart, and the same figures for a table."""

    title: str
    chart: Markup
    months: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A receiving unit's, or a role's, rates in the order of the table's head; None where there is none."""

    name: str
    rates: tuple[Rate | None, ...]
    size: int = 0
    is_role: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """The whole section; `leading` and `own` are the heads of its tables."""

    until: str
    """The newest day on which a dossier was received."""
    lines: tuple[Line, ...]
    trends: tuple[Trend, ...]
    leading: tuple[str, ...]
    units: tuple[Side, ...]
    own: tuple[str, ...]
    roles: tuple[Side, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the run reckoned none."""
        return not (self.lines or self.roles)


def indicator_view(found: Indicators, lang: Language) -> IndicatorView:
    """The section in one language."""
    return IndicatorView(
        until=lang.day(found.newest.get("dossier", "")),
        lines=_lines(found.rates, lang),
        trends=_trends(found.months, lang),
        leading=tuple(lang.of(_SHORT[each]) for each in LEADING),
        units=_units(found.units),
        own=tuple(lang.of(_SHORT[each]) for each in OWN),
        roles=_roles(found.rates, lang),
    )


def _lines(rates: Sequence[Rate], lang: Language) -> tuple[Line, ...]:
    by_key = {(each.indicator, each.variant): each for each in rates}
    told = [(by_key[each.key], each) for each in DEFINITIONS if each.is_of_service and each.key in by_key]
    return tuple(Line(rate, each, _name(each, lang)) for rate, each in told)


def _name(definition: Definition, lang: Language) -> str:
    title = lang.t(definition.title.vi, definition.title.en)
    return title if definition.variant == "official" else lang.of(_VARIANTS[definition.variant])


def _trends(rates: Sequence[Rate], lang: Language) -> tuple[Trend, ...]:
    trends = []
    for at, code in enumerate(LEADING):
        own = sorted((each for each in rates if each.key == (code, "official")), key=lambda each: each.period)
        if own:
            title = lang.of(_SHORT[code])
            chart = monthly(own, lang, name=f"{lang.code}-indicator-{at}", title=title)
            trends.append(Trend(title, chart, tuple(own)))
    return tuple(trends)


def _units(rates: Sequence[Rate]) -> tuple[Side, ...]:
    by_unit: dict[str, dict[str, Rate]] = {}
    for each in rates:
        by_unit.setdefault(each.unit, {})[each.indicator] = each
    return tuple(
        Side(unit, tuple(own.get(code) for code in LEADING), own["on_time"].counted if "on_time" in own else 0)
        for unit, own in by_unit.items()
    )


def _roles(rates: Sequence[Rate], lang: Language) -> tuple[Side, ...]:
    """Of each dataset what holds of its records, then what holds of its roles."""
    own = [each for each in rates if each.variant == "own"]
    sides = []
    for dataset in labels.in_order({each.dataset for each in own}, labels.DATASET_ORDER):
        by_role: dict[str, dict[str, Rate]] = {}
        for each in own:
            if each.dataset == dataset:
                by_role.setdefault(each.role, {})[each.indicator] = each
        whole = by_role.pop(WHOLE_RECORD, {})
        sides.append(_side(lang.of(labels.short_dataset(dataset)), whole, "quarantined"))
        sides += [
            _side(lang.of(labels.role(role)), by_role[role], "found", is_role=True)
            for role in _roles_of(dataset, by_role)
        ]
    return tuple(sides)


def _roles_of(dataset: str, found: Iterable[str]) -> list[str]:
    contract = contracts.received().get(dataset)
    return labels.in_order(found, contract.roles if contract else ())


def _side(name: str, rates: Mapping[str, Rate], counted: str, *, is_role: bool = False) -> Side:
    size = rates[counted].denominator if counted in rates else 0
    return Side(name, tuple(rates.get(code) for code in OWN), size, is_role)
