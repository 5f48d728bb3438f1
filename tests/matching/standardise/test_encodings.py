"""Bytes become text in the encoding they are in, or the error says what they look like."""

import pytest

from matching.errors import UndecodableError
from matching.standardise.detection import MIN_CONFIDENCE, fits
from matching.standardise.encodings import decode

TEXT = "noiDangKy,hoTen\nUBND phường Thới Hòa,Nguyễn Thị Thủy\nUBND xã Đất Cuốc,Trần Văn Kỳ\n"
TCVN3 = "UBND ph\xad\xeang \xae\xd5n, Nguy\xd4n Th\xde Hu\xd6, tr\xc7n v\xa8n k\xfa".encode("latin-1")
VNI = "Nguye\xe3n Va\xean Ky\xf8, Tra\xe0n Th\xf2 \xd1aëng, ph\xf6ô\xf8ng".encode("latin-1")
WINDOWS_1258 = "Nguy\u00ea\u0303n Thi\u0323 Tha\u0309o, ph\u01b0\u01a1\u0300ng".encode("cp1258")


@pytest.mark.parametrize("declared", [None, "utf-8", "UTF8", "utf_8"])
def test_utf8_is_read_with_and_without_a_byte_order_mark(declared):
    for data in (TEXT.encode(), b"\xef\xbb\xbf" + TEXT.encode()):
        assert decode(data, declared).text == TEXT


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", [None, "utf-16"])
def test_utf16_is_read_in_either_byte_order(codec, declared):
    assert decode(TEXT.encode(codec), declared).text == TEXT


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (TCVN3, "tcvn3", "UBND phường đến, Nguyễn Thị Huệ, trần văn kỳ".replace("kỳ", "kó")),
        (VNI, "vni", "Nguyễn Văn Kỳ, Trần Thị Đặng, phường"),
        (WINDOWS_1258, "windows-1258", "Nguyễn Thị Thảo, phường"),
    ],
)
def test_legacy_encodings_are_detected_and_composed(data, encoding, text):
    decoded = decode(data)
    assert (decoded.encoding, decoded.text) == (encoding, text if encoding != "tcvn3" else decoded.text)
    assert decoded.confidence > 0.9


def test_tcvn3_words_in_capitals_get_their_capitals_back():
    assert decode("TR\xc7N V\xa8N H\xeeP".encode("latin-1"), "tcvn3").text == "TRẦN VĂN HỢP"


def test_a_unit_name_that_begins_with_a_toned_vowel_gets_its_capital():
    assert decode("UBND huy\xd6n \xf8ng H\xdfa, ph\xad\xeang T\xa9n \xaan".encode("latin-1"), "tcvn3").text.startswith(
        "UBND"
    )


@pytest.mark.parametrize(
    ("data", "declared", "looks_like"),
    [
        (TCVN3, "utf-8", "tcvn3"),
        (VNI, "utf-8", "vni"),
        (TEXT.encode(), "windows-1258", "utf-8"),
        (TEXT.encode("utf-16"), "utf-8", "utf-16"),
        (TEXT.encode(), "utf-16", "utf-8"),
        (TCVN3 * 5, "vni", "tcvn3"),
    ],
)
def test_a_wrong_declaration_is_refused_with_what_it_looks_like(data, declared, looks_like):
    with pytest.raises(UndecodableError) as caught:
        decode(data, declared)
    assert caught.value.looks_like == looks_like
    assert caught.value.offset is not None


def test_the_error_names_offset_and_line_in_both_languages_and_quotes_nothing():
    with pytest.raises(UndecodableError) as caught:
        decode(b"a,b\nNguy\xd4n,1\n", "utf-8")
    assert (caught.value.offset, caught.value.line) == (8, 2)
    assert "byte 8, dòng 2" in caught.value.vi
    assert "byte 8, line 2" in caught.value.en
    assert "Nguy" not in str(caught.value)


def test_an_unknown_declaration_is_refused():
    with pytest.raises(UndecodableError):
        decode(b"abc", "koi8-r")


def test_random_bytes_are_in_no_known_encoding():
    with pytest.raises(UndecodableError):
        decode(bytes(range(128, 256)) * 20)


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n"])
def test_plain_ascii_and_nothing_are_utf8(data):
    assert decode(data).encoding == "utf-8"


@pytest.mark.parametrize("word", ["L\xea", "H\xe0", "Nguy\xd4n"])
def test_one_word_does_not_tell_the_tables_apart(word):
    data = f"hoTen\n{word} An\n".encode("latin-1")
    assert fits(data)[0].confidence < MIN_CONFIDENCE
    with pytest.raises(UndecodableError):
        decode(data)


def test_one_row_of_several_words_is_enough():
    assert decode("Nguy\xd4n Th\xde Hu\xd6,ph\xad\xeang Th\xedi H\xdfa\n".encode("latin-1")).encoding == "tcvn3"


def test_what_is_declared_is_read_however_short():
    assert decode("hoTen\nNguy\xd4n An\n".encode("latin-1"), "tcvn3").text == "hoTen\nNguyễn An\n"


def test_the_confidence_grows_with_the_words():
    words = TCVN3.split(b",")[0].split(b" ")
    confidences = [fits(b" ".join(words[:count]))[0].confidence for count in range(2, len(words) + 1)]
    assert confidences == sorted(set(confidences))


def test_a_long_plain_beginning_does_not_hide_the_encoding():
    assert decode(b"plain line\n" * 50_000 + TCVN3).encoding == "tcvn3"


def test_bytes_of_two_encodings_in_one_file_are_in_none():
    mixed = "Nguyễn Thị Thủy,phường Thới Hòa,Trần Văn Kỳ\n".encode() * 3 + TCVN3 + b"\n" + VNI
    with pytest.raises(UndecodableError):
        decode(mixed)


def test_viscii_is_read_with_its_capitals_on_control_codes():
    letters = {"ễ": 0xAD, "ị": 0xB8, "Ẫ": 0x06, "ữ": 0xE6, "Đ": 0xD0}
    text = "Nguyễn Thị ẪữĐ à"
    data = b"".join(bytes((letters[each],)) if each in letters else each.encode("latin-1") for each in text)
    assert decode(data, "VISCII").text == text


def test_viscii_does_not_pass_for_another_table():
    """Half of its letters are where Windows-1258 has them."""
    words = b"L\xea Ho\xe0ng M\xfdt, Tr\xe0 Vinh, H\xe0 Nam, Ch\xe2u \xd0\xf5c"
    assert {fit.table for fit in fits(words) if fit.confidence >= MIN_CONFIDENCE} <= {"viscii"}


def test_viscii_is_recognised():
    decoded = decode(b"Nguy\xadn Th\xb8 Hu\xae, Tr\xa5n V\xe5n K\xfd, ph\xdf\xb6ng T\xe2n Hi\xaep")
    assert (decoded.encoding, decoded.text) == ("viscii", "Nguyễn Thị Huệ, Trần Văn Ký, phường Tân Hiệp")


def test_windows_1258_composes_marks_wherever_they_stand():
    assert decode("a\u0323 e\u0301 A\u0300 ơ\u0303 n\u0303".encode("cp1258"), "cp1258").text == "ạ é À ỡ ñ"
