"""Names of datasets, roles, statuses, reasons, criteria and stages in both languages.

Every lookup gives back the code itself when it does not know it: a reason that appeared after this table was written
must be seen in the report, not hidden behind a default.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import contracts
from expectations.groups import GROUPS
from matching.discrepancies.words import FIELDS, KINDS
from matching.reasons import Reason
from matching.standardise.vocabulary import REPAIRS
from review.report.language import Label

DATASET_ORDER = ("dossier", "birth", "marriage", "death", "population", "enterprise")
STATUSES = ("linked", "review", "not_found", "unlinkable")
CRITERIA = ("đúng", "đủ", "sạch", "sống", "thống nhất")

_SHORT_DATASETS = MappingProxyType(
    {
        "dossier": Label("Hồ sơ", "Dossiers"),
        "birth": Label("Khai sinh", "Births"),
        "marriage": Label("Kết hôn", "Marriages"),
        "death": Label("Khai tử", "Deaths"),
        "population": Label("Dân cư", "Population"),
        "enterprise": Label("Doanh nghiệp", "Enterprises"),
        "person": Label("Người", "Persons"),
        "person_dossier": Label("Hồ sơ của từng người", "Dossiers by person"),
        "quality": Label("Chất lượng", "Quality"),
        "indicator": Label("Chỉ số", "Indicators"),
        "indicator_definition": Label("Định nghĩa chỉ số", "Indicator definitions"),
        "quality_unit": Label("Chất lượng theo đơn vị", "Quality by unit"),
        "discrepancy": Label("Sai lệch", "Differences"),
        "release": Label("Bản phát hành", "Releases"),
    }
)

_ROLES = MappingProxyType(
    {
        "owner": Label("Chủ hồ sơ", "Owner"),
        "child": Label("Con", "Child"),
        "mother": Label("Mẹ", "Mother"),
        "father": Label("Cha", "Father"),
        "husband": Label("Chồng", "Husband"),
        "wife": Label("Vợ", "Wife"),
        "deceased": Label("Người chết", "Deceased"),
    }
)

_STATUSES = MappingProxyType(
    {
        "linked": Label("Đã liên kết", "Linked"),
        "review": Label("Chờ rà soát", "Review"),
        "not_found": Label("Không tìm thấy", "Not found"),
        "unlinkable": Label("Không thể liên kết", "Unlinkable"),
        "received": Label("Nhận", "Received"),
        "unchanged": Label("Không đổi", "Unchanged"),
        "accepted": Label("Chấp nhận", "Accepted"),
        "quarantined": Label("Cách ly", "Quarantined"),
    }
)

_CRITERIA = MappingProxyType(
    {
        "đúng": Label("Đúng", "Correct"),
        "đủ": Label("Đủ", "Complete"),
        "sạch": Label("Sạch", "Clean"),
        "sống": Label("Sống", "Current"),
        "thống nhất": Label("Thống nhất", "Consistent"),
    }
)

_DELIVERY_STATUSES = MappingProxyType(
    {
        "accepted": Label("Chấp nhận", "Accepted"),
        "seen": Label("Đã nhận trước đó", "Seen before"),
        "refused": Label("Bị từ chối", "Refused"),
    }
)

_DELIVERY_KINDS = MappingProxyType({"full": Label("toàn bộ", "full"), "delta": Label("thay đổi", "delta")})

_LEVELS = MappingProxyType(
    {
        "green": Label("Mức xanh, từ 90 điểm", "Green level, 90 and above"),
        "yellow": Label("Mức vàng, 75 đến dưới 90 điểm", "Yellow level, 75 to below 90"),
        "red": Label("Mức đỏ, dưới 75 điểm", "Red level, below 75"),
    }
)

_STAGES = MappingProxyType(
    {
        "pull": Label("Nhận dữ liệu", "Pull"),
        "read": Label("Đọc", "Read"),
        "standardise": Label("Chuẩn hóa", "Standardise"),
        "stage": Label("Nạp vùng tạm", "Stage"),
        "gate_one": Label("Kiểm tra vòng một", "Check, gate one"),
        "check": Label("Kiểm tra", "Check"),
        "accept": Label("Ghi sổ", "Enter in the books"),
        "match": Label("Đối soát", "Match"),
        "resolve": Label("Cập nhật liên kết", "Resolve links"),
        "candidate": Label("Lập bản dự kiến", "Build the candidate"),
        "gate_two": Label("Kiểm tra vòng hai", "Check, gate two"),
        "publish": Label("Công bố", "Publish"),
        "export": Label("Xuất tệp", "Export"),
        "report": Label("Lập báo cáo", "Report"),
    }
)


def dataset_title(code: str) -> Label:
    """What a dataset is, as its contract says; the English without its remark in brackets."""
    contract = contracts.received().get(code)
    return Label(code, code) if contract is None else Label(contract.title_vi, contract.description.split(" (")[0])


def short_dataset(code: str) -> Label:
    """A dataset or published table in one or two words, for table heads."""
    return _known(_SHORT_DATASETS, code)


def role(code: str) -> Label:
    """A role that a record names a person or enterprise in."""
    return _known(_ROLES, code)


def status(code: str) -> Label:
    """A decision status or a part of the books."""
    return _known(_STATUSES, code)


def reason(code: str) -> Label:
    """Why a record's role has its status, in the words of matching's closed list."""
    return next((Label(each.vi, each.en) for each in Reason if each == code), Label(code, code))


def repair(code: str) -> Label:
    """A repair that standardising made, in the words of its closed list."""
    return Label(*REPAIRS.get(code, (code, code)))


def difference_field(code: str) -> Label:
    """A field in which a record may differ from the register."""
    return Label(FIELDS[code].vi, FIELDS[code].en) if code in FIELDS else Label(code, code)


def difference(code: str) -> Label:
    """How a record differs from the register, in the words of the closed list."""
    return Label(KINDS[code].vi, KINDS[code].en) if code in KINDS else Label(code, code)


def field(dataset: str, code: str) -> Label:
    """A field of a dataset: its name in the contract in Vietnamese, its code in English."""
    contract = contracts.received().get(dataset)
    return Label(contract[code].title_vi if contract and code in contract.names else code, code)


def error_group(code: str) -> Label:
    """One of the eight kinds of error that a failure may be."""
    known: Mapping[str, Label] = {name: Label(*words) for name, words in GROUPS.items()}
    return _known(known, code)


def criterion(code: str) -> Label:
    """One of the five criteria of the quality index."""
    return _known(_CRITERIA, code)


def delivery_status(code: str) -> Label:
    """What became of a delivery."""
    return _known(_DELIVERY_STATUSES, code)


def delivery_kind(code: str) -> Label:
    """Whether a delivery is full or a delta."""
    return _known(_DELIVERY_KINDS, code)


def level(code: str) -> Label:
    """A level of the quality index with its bounds."""
    return _known(_LEVELS, code)


def stage(code: str) -> Label:
    """A stage of the run."""
    return _known(_STAGES, code)


def in_order(codes: Iterable[str], order: tuple[str, ...]) -> list[str]:
    """Known codes in the house's order, then unknown ones by name."""
    return sorted(codes, key=lambda code: rank(code, order))


def rank(code: str, order: tuple[str, ...]) -> tuple[int, str]:
    """The sort key behind `in_order`."""
    return (order.index(code) if code in order else len(order), code)


def _known(table: Mapping[str, Label], code: str) -> Label:
    return table.get(code, Label(code, code))
