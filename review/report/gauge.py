"""The quality index on its scale of 0 to 100, with the bounds of the three levels."""

from markupsafe import Markup

from review.report.language import Language
from review.report.svg import chart, rect, text

_BOUNDS = (0, 75, 90, 100)
_ZONES = ("red", "yellow", "green")
_Y = 16.0
_BAR = 10.0


def gauge(index: float, lang: Language, *, name: str) -> Markup:
    """A bar of three zones and a mark at the index."""
    zones = [
        rect(f"zone {kind}", low, _Y, size=(high - low, _BAR))
        for kind, low, high in zip(_ZONES, _BOUNDS, _BOUNDS[1:], strict=False)
    ]
    at = min(max(index, 0.0), 100.0)
    mark = rect("mark", max(at - 0.4, 0), _Y - 5, size=(0.8, _BAR + 10))
    bounds = [text(lang.integer(each), each, _Y + 26, kind="axis", anchor="middle") for each in _BOUNDS[1:3]]
    ends = [text("0", 0, _Y + 26, kind="axis"), text("100", 100, _Y + 26, kind="axis", anchor="end")]
    title = lang.t("Chỉ số chất lượng dữ liệu: {s}", "Data-quality index: {s}", s=lang.score(index))
    told = lang.t(
        "Đỏ dưới 75, vàng từ 75 đến dưới 90, xanh từ 90.", "Red below 75, yellow from 75 to below 90, green from 90."
    )
    return chart([*zones, mark, *bounds, *ends], name=name, height=_Y + 30, title=title, description=told)
