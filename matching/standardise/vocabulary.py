"""The closed lists of repairs, proposals and problems, each told in Vietnamese and English; see docs/repairs.md."""

REPAIRS = {
    "unicode_composed": ("Ghép dấu Unicode (NFC)", "Combining accents composed into letters (NFC)"),
    "invisible_character": ("Bỏ ký tự vô hình", "Zero-width and other invisible characters removed"),
    "mojibake": ("Đọc lại chữ UTF-8 bị đọc nhầm", "UTF-8 that was read as Windows-1252, read again"),
    "legacy_font": ("Chuyển mã TCVN3 hoặc VNI", "TCVN3 or VNI text inside a Unicode file converted"),
    "lookalike_letter": (
        "Thay chữ trông giống và chữ số nước ngoài",
        "Look-alike letters (Ð, Cyrillic, full-width) and foreign digits replaced",
    ),
    "spaces_collapsed": ("Gộp khoảng trắng", "Runs of spaces and no-break spaces made one, ends trimmed"),
    "apostrophe": ("Thống nhất dấu nháy", "Apostrophe variants made one"),
    "stray_marks_removed": ("Bỏ dấu thừa đầu, cuối", "Stray marks at the ends removed (' = @ ; ,)"),
    "typing_residue": ("Giải mã gõ Telex/VNI sót", "Telex or VNI keystrokes decoded"),
    "spaces_restored": ("Sửa dấu cách giữa các tiếng của tên", "Spaces between the words of a name put right"),
    "form_of_address_ignored": ("Bỏ qua Ông/Bà khi so sánh", "Form of address left out of the compared form"),
    "remark_ignored": ("Bỏ qua ghi chú khi so sánh", "Remark or second person left out of the compared form"),
    "number_as_float": ("Bỏ .0 của Excel", "Spreadsheet's .0 removed"),
    "label_removed": ("Bỏ nhãn trước giá trị", "Label before a number or address removed (CCCD, mailto: …)"),
    "number_among_words": ("Lấy số ra khỏi chữ xung quanh", "The number taken from among words, or from its repeat"),
    "first_of_several": ("Lấy số điện thoại đầu tiên", "The first of several phone numbers taken"),
    "card_prefix_removed": ("Lấy mã số BHXH từ thẻ BHYT", "Social insurance number taken from a health insurance card"),
    "separators_removed": ("Bỏ dấu ngăn cách trong số", "Separators inside a number removed"),
    "scientific_notation": ("Viết lại số dạng khoa học", "Complete number in scientific notation written out"),
    "leading_zero_restored": ("Thêm lại số 0 ở đầu", "Lost leading zeros restored"),
    "excel_day_number": ("Đổi số ngày của Excel", "Excel day number turned into a date"),
    "two_digit_year": ("Thêm thế kỷ cho năm hai chữ số", "Century added to a two-digit year"),
    "day_month_swapped": ("Đổi chỗ ngày và tháng", "Day and month swapped, as the other order is impossible"),
    "code_form": ("Chuẩn hóa dạng mã", "Code put into capitals, dashes made one, spaces removed"),
    "office_suffix_left_out": ("Bỏ mã cơ quan sau mã thủ tục", "Suffix of the office left out of a procedure code"),
    "letter_case": ("Thống nhất chữ hoa, chữ thường", "Number in capitals, e-mail address in small letters"),
    "label_to_code": ("Đổi về mã của danh mục", "Word, or other system's code, put into the code of the list"),
    "word_to_code": ("Đọc chữ thành mã", "Sex, ethnicity, nationality, yes or no in words, read as the code"),
    "phone_form": ("Chuẩn hóa số điện thoại", "Phone number put into its national form"),
    "old_mobile_number": ("Đổi đầu số di động 11 số cũ", "Mobile number of before 2018 given its new beginning"),
}
"""Every repair that may be named in `repairs`."""

REPAIRS_BY_FORM = {
    "encoding": "unicode_composed invisible_character mojibake legacy_font lookalike_letter apostrophe",
    "keying": "spaces_collapsed stray_marks_removed typing_residue spaces_restored",
    "surroundings": "form_of_address_ignored remark_ignored label_removed number_among_words first_of_several",
    "spreadsheet": "number_as_float scientific_notation leading_zero_restored excel_day_number",
    "other_form": (
        "separators_removed two_digit_year day_month_swapped code_form office_suffix_left_out letter_case phone_form "
        "old_mobile_number card_prefix_removed"
    ),
    "word": "label_to_code word_to_code",
}
"""The repairs by the kind of form that stood there before."""
BEFORE = {repair: form for form, repairs in REPAIRS_BY_FORM.items() for repair in repairs.split(" ")}
"""Of each repair, the kind of form that stood there before."""

TECHNICAL = ("apostrophe", "unicode_composed")
"""The same letters, stored otherwise by other software: no fault of the office."""
DOCUMENTED_FORMS = ("letter_case", "office_suffix_left_out", "word_to_code")
"""Written as the national messages let one write: no fault either."""

PROPOSALS = {
    "lost_leading_zero": ("Mất số 0 ở đầu", "Leading zeros of a citizen ID or CMND are lost"),
    "lost_tax_code_zero": ("Mất số 0 ở đầu mã số thuế", "The leading zero of a tax code is lost; the check digit fits"),
    "letter_for_digit": ("Chữ thay cho chữ số", "Letters where digits belong: O for 0, l for 1"),
    "transposed_digits": ("Đổi chỗ hai chữ số cạnh nhau", "Two neighbouring digits are swapped"),
    "one_digit_edit": ("Sai một chữ số", "One digit is wrong"),
    "one_of_two_numbers": ("Một trong hai số của ô", "The citizen ID among two numbers in the cell"),
}
"""Every `__proposal_repair`: what a proposed number would put right. None is made silently."""

CONTRADICTIONS = {
    "century": ("Thế kỷ sinh", "The century of birth, or one that has not begun"),
    "sex": ("Giới tính", "The sex"),
    "birth_year": ("Năm sinh", "The last two digits of the birth year"),
    "province": ("Mã tỉnh", "No province or country has this number; softer than the others"),
}
"""Every `__contradiction`: what a citizen ID says otherwise than its row, or than can be; the gravest first."""

PROBLEMS = {
    "impossible_date": ("Ngày không tồn tại", "No such date"),
    "zero_date": ("Ngày rỗng của bảng tính", "The empty date of a spreadsheet (01/01/1900)"),
    "unreadable_date": ("Không đọc được ngày", "Not a date in any known form"),
    "lost_digits": ("Số bị Excel làm mất chữ số", "A spreadsheet rounded the number away"),
    "placeholder_number": ("Số giả thay cho số thật", "A placeholder instead of a number"),
    "shared_number": ("Một số ghi cho nhiều người", "The same number on four or more names of one unit"),
    "masked_number": ("Số bị che", "A number with masked digits"),
    "unreadable_number": ("Không đọc được số", "No digits where a number belongs"),
    "unreadable_name": ("Không đọc được tên", "No letters where a name belongs"),
    "unknown_code": ("Mã không có trong danh mục", "A code outside its list"),
    "unreadable_code": ("Mã sai dạng", "A code of the wrong form"),
    "unreadable_phone": ("Số điện thoại sai dạng", "Not a phone number"),
    "unreadable_email": ("Địa chỉ thư sai dạng", "Not an e-mail address"),
}
"""Every reason why a value was not understood."""
