"""The words of doisoat with one meaning each, in both languages; `docs/naming.md` is the law they follow."""

from typing import NamedTuple

from review.report.language import Label


class Term(NamedTuple):
    """A word as it stands in tables and reports, its name, and what it means."""

    word: str
    name: Label
    meaning: Label


TERMS: tuple[Term, ...] = (
    Term(
        "received",
        Label("nhận", "received"),
        Label(
            "Dòng có trong lần giao. Nhận = không đổi + chấp nhận + cách ly.",
            "Rows that a delivery holds. Received = unchanged + accepted + quarantined.",
        ),
    ),
    Term(
        "unchanged",
        Label("không đổi", "unchanged"),
        Label("Dòng giống hệt dòng đang giữ.", "Rows that are the same as those held."),
    ),
    Term(
        "accepted",
        Label("chấp nhận", "accepted"),
        Label("Dòng qua được cổng 1 và được đối soát.", "Rows that passed gate one and are matched."),
    ),
    Term(
        "quarantined",
        Label("cách ly", "quarantined"),
        Label(
            "Dòng vi phạm một quy tắc mức cách ly, được giữ riêng chờ nguồn sửa.",
            "Rows that break a rule which quarantines; kept apart until the source corrects them.",
        ),
    ),
    Term(
        "linked",
        Label("đã liên kết", "linked"),
        Label(
            "Đã nối với đúng một người hoặc doanh nghiệp. Chấp nhận = đã liên kết + chờ rà soát + không tìm thấy + "
            "không thể liên kết.",
            "Linked to exactly one person or enterprise. Accepted = linked + review + not found + unlinkable.",
        ),
    ),
    Term(
        "review",
        Label("chờ rà soát", "review"),
        Label("Có ứng viên nhưng cán bộ phải quyết định.", "There is a candidate, and a steward must decide."),
    ),
    Term(
        "not_found",
        Label("không tìm thấy", "not found"),
        Label("Không ai trong sổ gốc khớp.", "Nobody in the register fits."),
    ),
    Term(
        "unlinkable",
        Label("không thể liên kết", "unlinkable"),
        Label("Bản ghi không nêu ai, hoặc nêu quá ít.", "The record names nobody, or says too little."),
    ),
    Term(
        "reason",
        Label("lý do", "reason"),
        Label(
            "Vì sao một vai trò có trạng thái ấy, theo danh sách đóng.",
            "Why a role has its status, from a closed list.",
        ),
    ),
    Term(
        "role",
        Label("vai trò", "role"),
        Label(
            "Bản ghi nêu ai: chủ hồ sơ, con, mẹ, cha, chồng, vợ, người chết.",
            "Whom a row names: owner, child, mother, father, husband, wife, deceased.",
        ),
    ),
    Term(
        "reference",
        Label("sổ gốc", "reference"),
        Label(
            "Cơ sở dữ liệu quốc gia mà bản ghi được đối soát với: dân cư hoặc doanh nghiệp.",
            "The national register that records are matched against: population or enterprise.",
        ),
    ),
    Term(
        "reference_id",
        Label("khóa trong sổ gốc", "reference id"),
        Label(
            "Số định danh cá nhân hoặc mã số doanh nghiệp trong sổ gốc.",
            "The citizen ID or enterprise code in the register.",
        ),
    ),
    Term(
        "delivery",
        Label("lần giao", "delivery"),
        Label(
            "Những tệp mà một nguồn gửi cùng lúc: toàn bộ, hoặc chỉ phần thay đổi.",
            "The files that a source sends at one time: everything, or what changed.",
        ),
    ),
    Term("run", Label("lần chạy", "run"), Label("Công việc của một đêm.", "One night's work.")),
    Term(
        "release",
        Label("bản phát hành", "release"),
        Label(
            "Những gì các sở, ngành thấy; luôn trọn vẹn, bản cũ hoặc bản mới.",
            "What departments see; always whole, the old one or the new one.",
        ),
    ),
    Term(
        "holding",
        Label("dữ liệu đang giữ", "holding"),
        Label("Mọi dòng của một tập dữ liệu sau một lần chạy.", "All rows held of a dataset after a run."),
    ),
    Term(
        "candidate",
        Label("bản dự kiến; ứng viên", "candidate"),
        Label(
            "Các bảng sẵn sàng công bố; khi đối soát: một cặp đáng so sánh.",
            "Tables ready to be published; in matching: a pair worth comparing.",
        ),
    ),
    Term(
        "rule",
        Label("quy tắc", "rule"),
        Label(
            "Một điều kiện mà dòng phải thỏa. Điểm là số dòng đạt trên số dòng đã kiểm, nhân 100.",
            "One condition that rows are held to. Its score is passed / checked × 100.",
        ),
    ),
    Term(
        "criterion",
        Label("tiêu chí", "criterion"),
        Label("Đúng, đủ, sạch, sống hoặc thống nhất.", "Correct, complete, clean, current or consistent."),
    ),
    Term(
        "severity",
        Label("mức độ", "severity"),
        Label(
            "error: dòng vi phạm bị cách ly. warning: dòng vẫn đi tiếp và được đếm.",
            "error: a row that breaks the rule is quarantined. warning: it goes on and is counted.",
        ),
    ),
    Term(
        "verdict",
        Label("quyết định", "verdict"),
        Label(
            "Điều cán bộ đã nói về một cặp: cùng một người, khác nhau, hoặc không có trong sổ gốc. "
            "Không lần chạy nào đổi.",
            "What a steward said of a pair: the same, different, or not in the register. No run changes it.",
        ),
    ),
    Term(
        "discrepancy",
        Label("sai lệch", "difference"),
        Label(
            "Một trường mà bản ghi đã liên kết ghi khác sổ gốc.",
            "A field in which a linked record says otherwise than the register.",
        ),
    ),
    Term(
        "ticket",
        Label("phiếu yêu cầu sửa", "ticket"),
        Label(
            "Yêu cầu cơ quan chủ quản sửa một sai lệch; tự đóng khi lần giao sau khớp.",
            "A request to the office that owns a value to repair it; closes itself when a later delivery agrees.",
        ),
    ),
    Term(
        "grant",
        Label("quyền được cấp", "grant"),
        Label(
            "Sở được đọc bảng nào, của đơn vị nào, cột nào, vì mục đích gì, đến ngày nào.",
            "Which table a department may read, of which units, in which columns, for what purpose, until when.",
        ),
    ),
    Term(
        "masked",
        Label("bị che", "masked"),
        Label(
            "Giá trị không được cấp: chữ thành •••, mọi kiểu khác thành trống.",
            "A value that was not granted: a text becomes •••, any other type null.",
        ),
    ),
    Term(
        "upsert",
        Label("thêm hoặc thay", "upsert"),
        Label("Dòng thay đổi thay dòng cũ cùng khóa.", "A changed row replaces the earlier one of its key."),
    ),
    Term(
        "delete",
        Label("xóa", "delete"),
        Label("Nguồn rút lại dòng có khóa này.", "The source withdraws the row of this key."),
    ),
    Term(
        "weight",
        Label("trọng số", "weight"),
        Label(
            "Tổng các bằng chứng của một cặp, tính bằng bit: thêm 1 bit là khả năng gấp đôi.",
            "All evidence of a pair, in bits: one more bit doubles the odds.",
        ),
    ),
    Term(
        "repair",
        Label("sửa đổi", "repair"),
        Label(
            "Một bước có tên từ nguyên bản đến giá trị chuẩn; nguyên bản vẫn được giữ.",
            "A named step from the original to the standard value; the original is kept.",
        ),
    ),
    Term(
        "quality_index",
        Label("chỉ số chất lượng", "quality index"),
        Label(
            "Từ 0 đến 100: xanh từ 90, vàng từ 75, đỏ dưới 75.",
            "From 0 to 100: green from 90, yellow from 75, red below 75.",
        ),
    ),
)


FORMS: tuple[Term, ...] = (
    Term(
        "__std",
        Label("giá trị chuẩn", "standard value"),
        Label("Trống khi không hiểu được nguyên bản.", "Empty where the text was not understood."),
    ),
    Term(
        "__problem",
        Label("vấn đề", "problem"),
        Label("Vì sao không hiểu được, theo danh sách đóng.", "Why it was not understood, from a closed list."),
    ),
    Term(
        "__precision",
        Label("độ chính xác", "precision"),
        Label(
            "day, month hoặc year; ngày ghi là ngày đầu kỳ.",
            "day, month or year; the date is the first day of that period.",
        ),
    ),
    Term(
        "__alt",
        Label("cách đọc khác", "other reading"),
        Label("Ngày còn có thể đọc khi không rõ ngày và tháng.", "The date if day and month were the other way round."),
    ),
    Term(
        "__kind",
        Label("loại số", "kind of number"),
        Label(
            "citizen_id, cmnd, passport, tax_code, two_numbers, …",
            "citizen_id, cmnd, passport, tax_code, two_numbers, …",
        ),
    ),
    Term(
        "__proposal",
        Label("số đề xuất", "proposed number"),
        Label(
            "Số đã sửa để đối soát thử; không bao giờ được công bố.",
            "A repaired number that matching may try; never published as the value.",
        ),
    ),
    Term(
        "__contradiction",
        Label("mâu thuẫn", "contradiction"),
        Label(
            "Điều số định danh nói khác với dòng của nó.",
            "What a citizen ID says otherwise than its row.",
        ),
    ),
    Term(
        "__form",
        Label("dạng so sánh", "compared form"),
        Label("Chữ thường, dấu thanh đặt một chỗ.", "Lower case, tone marks in one place."),
    ),
    Term(
        "__key",
        Label("dạng không dấu", "form without accents"),
        Label("Để tìm, không để nối.", "To find by, not to link by."),
    ),
)
"""Forms beside an original, `p__<form>` of a property `p`: those a reader meets; docs/naming.md has them all."""
