"""Words of the catalogue in both languages: classes of columns, kinds of fields, sources, standard forms, glossary."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from contracts import Contract, Property
from review.report import labels
from review.report.language import Label


class Told(NamedTuple):
    """A word with what it means."""

    name: Label
    meaning: Label


CLASSES: Mapping[str, Told] = MappingProxyType(
    {
        "public": Told(Label("công khai", "public"), Label("Ai cũng được xem.", "Anybody may see it.")),
        "internal": Told(
            Label("nội bộ", "internal"),
            Label("Dùng trong cơ quan nhà nước.", "For use within state bodies."),
        ),
        "personal": Told(
            Label("cá nhân", "personal"),
            Label("Dữ liệu cá nhân: cần mục đích và quyền.", "Personal data: needs a purpose and a right."),
        ),
        "sensitive": Told(
            Label("nhạy cảm", "sensitive"),
            Label(
                "Dữ liệu cá nhân nhạy cảm: số giấy tờ, dân tộc; chỉ cấp khi thật cần.",
                "Sensitive personal data: numbers of identity papers, ethnic group; granted only where needed.",
            ),
        ),
    }
)
"""Classes of columns, the strictest last."""

KINDS: Mapping[str, Label] = MappingProxyType(
    {
        "text": Label("văn bản", "text"),
        "address": Label("địa chỉ", "address"),
        "place_key": Label("nơi đăng ký", "place of registration"),
        "person_name": Label("họ tên người", "name of a person"),
        "owner_name": Label("tên người hoặc tổ chức", "name of a person or organisation"),
        "organisation_name": Label("tên tổ chức", "name of an organisation"),
        "identifier": Label("số giấy tờ", "number of an identity paper"),
        "citizen_id": Label("số định danh cá nhân", "citizen ID"),
        "tax_code": Label("mã số thuế", "tax code"),
        "date": Label("ngày", "date"),
        "datetime": Label("ngày giờ", "date and time"),
        "sex": Label("giới tính", "sex"),
        "ethnicity": Label("dân tộc", "ethnic group"),
        "nationality": Label("quốc tịch", "nationality"),
        "flag": Label("có hoặc không", "yes or no"),
        "code": Label("mã trong danh mục", "code of a list"),
        "book_number": Label("số, quyển", "number of entry or book"),
        "dossier_code": Label("mã hồ sơ", "dossier code"),
        "procedure_code": Label("mã thủ tục", "procedure code"),
        "office": Label("cơ quan", "office"),
        "province_code": Label("mã tỉnh", "province code"),
        "district_code": Label("mã huyện", "district code"),
        "commune_code": Label("mã xã", "commune code"),
        "industry_code": Label("mã ngành", "industry code"),
        "phone": Label("số điện thoại", "telephone number"),
        "email": Label("thư điện tử", "e-mail address"),
    }
)
"""How the standardiser reads a field."""

SOURCES: Mapping[str, Label] = MappingProxyType(
    {
        "one-stop": Label("Hệ thống một cửa", "One-stop system"),
        "civil-registry": Label("Hệ thống hộ tịch điện tử", "Electronic civil registry"),
        "population-db": Label("CSDL quốc gia về dân cư", "National Population Database"),
        "business-registry": Label("CSDL quốc gia về đăng ký doanh nghiệp", "National Business Registration Database"),
    }
)
"""Where a dataset usually comes from."""

SEVERITIES: Mapping[str, Label] = MappingProxyType(
    {"error": Label("cách ly", "quarantines"), "warning": Label("cảnh báo", "warns")}
)
"""What becomes of a row that breaks a rule."""


def known(table: Mapping[str, Label], code: str | None) -> Label:
    """The words for a code, or the code itself: a newer one must be seen, not hidden."""
    return table.get(code or "", Label(code or "–", code or "–"))


def class_of(code: str) -> Told:
    """A class of columns with its meaning."""
    return CLASSES.get(code, Told(Label(code, code), Label("", "")))


def strictest(contract: Contract) -> str:
    """The strictest class of a table's columns."""
    order = list(CLASSES)
    found = [each.classification for each in contract.properties]
    return max(found, key=lambda each: order.index(each) if each in order else len(order))


def short(contract: Contract) -> Label:
    """A dataset or table in a word or two."""
    label = labels.short_dataset(contract.dataset)
    return title(contract) if label.vi == contract.dataset else label


def title(contract: Contract) -> Label:
    """What a dataset or table holds; the English without remarks."""
    return Label(contract.title_vi, contract.description.split(" (")[0].split(" – ")[0])


def code_list(prop: Property) -> tuple[tuple[str, str], ...]:
    """The codes that a field may have, each with the first word that sources write for it."""
    words: dict[str, str] = {}
    for word, code in prop.labels:
        words.setdefault(code, word)
    codes = dict.fromkeys([value for rule in prop.rules for value in rule.valid_values])
    return tuple((code, words.get(code, "")) for code in codes)
