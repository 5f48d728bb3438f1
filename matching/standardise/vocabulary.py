"""The closed lists of repairs and problems, each told in Vietnamese and English; see docs/repairs.md."""

REPAIRS = {
    "unicode_composed": ("Ghép dấu Unicode (NFC)", "Combining accents composed into letters (NFC)"),
    "invisible_character": ("Bỏ ký tự vô hình", "Zero-width and other invisible characters removed"),
    "mojibake": ("Đọc lại chữ UTF-8 bị đọc nhầm", "UTF-8 that was read as Windows-1252, read again"),
    "legacy_font": ("Chuyển mã TCVN3 hoặc VNI", "TCVN3 or VNI text inside a Unicode file converted"),
    "lookalike_letter": ("Thay chữ trông giống", "Look-alike letters (Ð, Cyrillic, full-width) replaced"),
    "spaces_collapsed": ("Gộp khoảng trắng", "Runs of spaces and no-break spaces made one, ends trimmed"),
    "apostrophe": ("Thống nhất dấu nháy", "Apostrophe variants made one"),
    "stray_marks_removed": ("Bỏ dấu thừa đầu, cuối", "Stray marks at the ends removed (' = @ ; ,)"),
    "typing_residue": ("Giải mã gõ Telex/VNI sót", "Telex or VNI keystrokes decoded"),
    "spaces_restored": ("Sửa dấu cách giữa các tiếng của tên", "Spaces between the words of a name put right"),
    "form_of_address_ignored": ("Bỏ qua Ông/Bà khi so sánh", "Form of address left out of the compared form"),
    "remark_ignored": ("Bỏ qua ghi chú khi so sánh", "Remark or second person left out of the compared form"),
    "number_as_float": ("Bỏ .0 của Excel", "Spreadsheet's .0 removed"),
    "label_removed": ("Bỏ nhãn trước số", "Label before a number removed (CCCD, CMND: …)"),
    "separators_removed": ("Bỏ dấu ngăn cách trong số", "Separators inside a number removed"),
    "scientific_notation": ("Viết lại số dạng khoa học", "Complete number in scientific notation written out"),
    "leading_zero_restored": ("Thêm lại số 0 ở đầu", "Lost leading zeros restored"),
    "excel_day_number": ("Đổi số ngày của Excel", "Excel day number turned into a date"),
    "two_digit_year": ("Thêm thế kỷ cho năm hai chữ số", "Century added to a two-digit year"),
    "day_month_swapped": ("Đổi chỗ ngày và tháng", "Day and month swapped, as the other order is impossible"),
    "code_form": ("Chuẩn hóa dạng mã", "Code put into capitals, spaces removed"),
    "label_to_code": ("Đổi về mã của danh mục", "Word, or other system's code, put into the code of the list"),
    "phone_form": ("Chuẩn hóa số điện thoại", "Phone number put into its national form"),
}
"""Every repair that may be named in `repairs`."""

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
