"""Rules across the fields of a dossier."""

from expectations.suites.check import Check, RowRule
from expectations.suites.holders import agrees_with_holder, begins_with_province
from expectations.suites.phrases import after_delivery, day_before

CODE_DATE_TOLERANCE_DAYS = 3
"""The sync module and late intake shift the date part by a day (NĐ 118/2025 practice, ±1); ±3 spans a weekend."""

_ORDER = "QCVN 120:2019/BTTTT fields; order NgayTiepNhan ≤ NgayKetThucXuLy ≤ NgayTra"
# Texts are compared: turning an impossible date part into a date would be an error, not a failing row.
_NEAR_DAYS = ", ".join(
    f"to_char(CAST(received_at__std AS date) + ({shift}), 'YYMMDD')"
    for shift in range(-CODE_DATE_TOLERANCE_DAYS, CODE_DATE_TOLERANCE_DAYS + 1)
)
# Nearly every code has the very day, so that is asked first: seven dates as text take long over a million rows.
_SAME_DAY = "to_char(received_at__std, 'YYMMDD')"
_CODE_DATE = "substring(dossier_code__std FROM '-([0-9]{6})-[0-9]+$')"

_RULES = (
    RowRule(
        rule="received_not_after_delivery",
        property="received_at",
        criterion="đúng",
        title_vi="Ngày tiếp nhận không được sau ngày giao dữ liệu",
        title_en="a dossier is not received after the day it was delivered",
        fails=after_delivery("received_at"),
        reads=("received_at__std", "_delivery_id"),
        source="order of events; the delivery's folder is named after its day",
        group="outlier",
    ),
    RowRule(
        rule="finished_not_before_received",
        property="finished_at",
        criterion="đúng",
        title_vi="Ngày kết thúc xử lý không được trước ngày tiếp nhận",
        title_en="processing does not end before the dossier was received",
        fails=day_before("finished_at", "received_at"),
        reads=("finished_at__std", "received_at__std"),
        source=_ORDER,
    ),
    RowRule(
        rule="returned_not_before_finished",
        property="returned_at",
        criterion="đúng",
        title_vi="Ngày trả kết quả không được trước ngày kết thúc xử lý",
        title_en="the result is not handed over before processing ended",
        fails=day_before("returned_at", "finished_at"),
        reads=("returned_at__std", "finished_at__std"),
        source=_ORDER,
    ),
    RowRule(
        rule="returned_not_before_received",
        property="returned_at",
        criterion="đúng",
        title_vi="Ngày trả kết quả không được trước ngày tiếp nhận",
        title_en="the result is not handed over before the dossier was received",
        fails=day_before("returned_at", "received_at"),
        reads=("returned_at__std", "received_at__std"),
        source=_ORDER,
    ),
    RowRule(
        rule="due_not_before_received",
        property="due_at",
        criterion="đúng",
        title_vi="Ngày hẹn trả không được trước ngày tiếp nhận",
        title_en="the result is not due before the dossier was received",
        fails=day_before("due_at", "received_at"),
        reads=("due_at__std", "received_at__std"),
        source="QCVN 120:2019/BTTTT fields; NgayHenTra after NgayTiepNhan",
    ),
    RowRule(
        rule="finished_at_present_when_finished",
        property="finished_at",
        criterion="đủ",
        title_vi="Hồ sơ đã xử lý xong (trạng thái 9, 10) phải có ngày kết thúc xử lý",
        title_en="a finished dossier (status 9 or 10) has the date on which processing ended",
        fails="status__std IN (9, 10) AND finished_at IS NULL",
        reads=("status__std", "finished_at"),
        group="missing",
        source="code list TrangThaiHoSo: 9 finished, 10 returned",
    ),
    RowRule(
        rule="returned_at_present_when_returned",
        property="returned_at",
        criterion="đủ",
        title_vi="Hồ sơ đã trả kết quả (trạng thái 10) phải có ngày trả",
        title_en="a returned dossier (status 10) has the date on which its result was handed over",
        fails="status__std = 10 AND returned_at IS NULL",
        reads=("status__std", "returned_at"),
        group="missing",
        source="code list TrangThaiHoSo: 10 returned",
    ),
    RowRule(
        rule="citizen_number_is_personal",
        property="owner_number",
        criterion="đúng",
        title_vi="Chủ hồ sơ là công dân thì số giấy tờ không được là mã số thuế doanh nghiệp",
        title_en="a citizen's dossier carries the number of a personal paper, not an enterprise's tax code",
        fails="owner_type__std = 1 AND owner_number__kind = 'tax_code'",
        reads=("owner_type__std", "owner_number__kind"),
        source="code list LoaiDoiTuong: 1 citizen",
    ),
    RowRule(
        rule="enterprise_number_is_tax_code",
        property="owner_number",
        criterion="đúng",
        title_vi="Chủ hồ sơ là doanh nghiệp thì số giấy tờ phải là mã số thuế",
        title_en="an enterprise's dossier carries a tax code, not the number of a personal paper",
        fails="owner_type__std = 2 AND owner_number__kind IN ('citizen_id', 'cmnd', 'passport')",
        reads=("owner_type__std", "owner_number__kind"),
        source="code list LoaiDoiTuong: 2 enterprise",
    ),
    RowRule(
        rule="code_date_near_received",
        property="dossier_code",
        criterion="đúng",
        title_vi="Ngày trong mã hồ sơ phải gần ngày tiếp nhận (chênh không quá 3 ngày)",
        title_en="the date inside the dossier code is at most 3 days from the date received",
        fails=f"{_CODE_DATE} <> {_SAME_DAY} AND {_CODE_DATE} NOT IN ({_NEAR_DAYS})",
        reads=("dossier_code__std", "received_at__std"),
        source="dossier code <unit>-<yyMMdd>-<sequence> (NĐ 61/2018); tolerance CODE_DATE_TOLERANCE_DAYS",
    ),
    agrees_with_holder("owner_number", "owner_number", "chủ hồ sơ", "owner"),
    begins_with_province("owner_number", "owner_number", "chủ hồ sơ", "owner"),
)


def dossier() -> tuple[Check, ...]:
    """The suite of dossiers, beside what their contract asks for."""
    return tuple(each.check() for each in _RULES)
