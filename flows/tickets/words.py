"""The words of a ticket's workbook: columns, answers, states, in the language that clerks work in."""

from collections.abc import Mapping
from types import MappingProxyType

SHEET = "Phiếu"
TICKET, ANSWER, NOTE = "Mã phiếu", "Trả lời", "Ghi chú"

ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        "Đã sửa": "fixed",
        "Sẽ sửa": "will_fix",
        "Giữ nguyên": "contested",
        "Không thuộc đơn vị": "not_ours",
    }
)
"""What an office may answer, in the order of the drop-down."""
NEED_A_REASON = ("contested", "not_ours")
"""Answers that end a ticket while the difference stands: somebody will ask why."""

STATES: Mapping[str, str] = MappingProxyType(
    {"open": "Mới", "notified": "Đã gửi", "answered": "Đã trả lời", "closed": "Đã đóng"}
)
SIDES: Mapping[str, str] = MappingProxyType({"local": "Bản ghi địa phương", "register": "Sổ gốc", "unclear": "Chưa rõ"})
ROLES: Mapping[str, str] = MappingProxyType(
    {
        "owner": "Chủ hồ sơ",
        "child": "Người được khai sinh",
        "mother": "Mẹ",
        "father": "Cha",
        "husband": "Chồng",
        "wife": "Vợ",
        "deceased": "Người chết",
    }
)

GUIDE = (
    "Mỗi dòng là một chỗ khác nhau giữa bản ghi địa phương và sổ gốc. "
    "Xin đối chiếu với hồ sơ, sổ giấy rồi chọn ở cột Trả lời:",
    "Đã sửa: đơn vị đã sửa trong hệ thống của mình; phiếu tự đóng khi lần giao dữ liệu sau khớp.",
    "Sẽ sửa: đơn vị xác nhận giá trị của mình sai và sẽ sửa trước hạn.",
    "Giữ nguyên: giá trị đơn vị đang ghi là đúng; ghi rõ căn cứ ở cột Ghi chú.",
    "Không thuộc đơn vị: không phải dữ liệu của đơn vị; ghi đơn vị đúng ở cột Ghi chú, nếu biết.",
    "Không đổi cột Mã phiếu, không đổi tên cột. Dòng để trống Trả lời được coi là chưa trả lời.",
    "Tệp này có dữ liệu cá nhân: chỉ gửi qua kênh được phép, xóa khi đã xử lý xong.",
)
