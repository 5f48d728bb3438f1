"""Examples of repairs and proposals, as `docs/repairs.md` gives them: what was written, and what became of it."""

from collections.abc import Mapping
from types import MappingProxyType

EXAMPLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "unicode_composed": ("a + ̣ + ̂", "ậ"),
        "invisible_character": ("Lê<U+200B> An", "Lê An"),
        "mojibake": ("Nguyá»…n", "Nguyễn"),
        "legacy_font": ("NguyÔn, Nguyeãn", "Nguyễn"),
        "lookalike_letter": ("Ðỗ", "Đỗ"),
        "spaces_collapsed": ("Lê   An ", "Lê An"),
        "apostrophe": ("H’Lan", "H'Lan"),
        "stray_marks_removed": ("'074095001234", "074095001234"),
        "typing_residue": ("Nguyeenx, Tra62n", "Nguyễn, Trần"),
        "spaces_restored": ("NguyễnThị Lan, Lê V ăn An", "Nguyễn Thị Lan, Lê Văn An"),
        "form_of_address_ignored": ("Bà Lê Thị An", "lê thị an"),
        "remark_ignored": ("Lê An - nộp hộ", "lê an"),
        "number_as_float": ("74081592017.0", "74081592017"),
        "label_removed": ("CMND: 281761255, mailto:an@example.com", "281761255, an@example.com"),
        "number_among_words": ("281761255 (cũ)", "281761255"),
        "first_of_several": ("0382768090/0910054879", "0382768090"),
        "card_prefix_removed": ("DN4747412345678", "7412345678"),
        "separators_removed": ("074 095 001 234", "074095001234"),
        "scientific_notation": ("7.4095001234E+10", "74095001234"),
        "leading_zero_restored": ("4", "00004"),
        "excel_day_number": ("45231", "2023-11-01"),
        "two_digit_year": ("05/06/92", "1992-06-05"),
        "day_month_swapped": ("12/25/1990", "1990-12-25"),
        "code_form": ("h29.1 – 250101-0001", "H29.1-250101-0001"),
        "office_suffix_left_out": ("1.000656.000.00.00.H09", "1.000656"),
        "letter_case": ("b1234567, An@Example.com", "B1234567, an@example.com"),
        "label_to_code": ("Đã trả kết quả, 99", "10, 55"),
        "word_to_code": ("Nữ, Kinh, Mỹ, Có", "2, 01, US, true"),
        "phone_form": ("+84 382 768 090", "0382768090"),
        "old_mobile_number": ("01682768090", "0382768090"),
        "lost_leading_zero": ("74095001234", "074095001234"),
        "lost_tax_code_zero": ("100233488", "0100233488"),
        "letter_for_digit": ("O74095001234", "074095001234"),
        "transposed_digits": ("074905001234", "074095001234"),
        "one_digit_edit": ("074096001234", "074095001234"),
        "one_of_two_numbers": ("281761255 - 074095001234", "074095001234"),
    }
)
"""From and to, by repair or proposal; a test holds them against that page, which installations do not carry."""
