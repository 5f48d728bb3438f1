"""The code tables of Vietnamese text before Unicode: TCVN3 (ABC), VISCII, VNI-Windows, and Windows-1252 beneath some.

TCVN3 has one byte a letter and no toned capitals: a capital is the small letter shown in a capital font (.VnTimeH).
VNI-Windows writes a base letter and one or two marker bytes.
"""

import unicodedata

_TCVN3_CODES = (
    "A1Ă A2Â A3Ê A4Ô A5Ơ A6Ư A7Đ A8ă A9â AAê ABô ACơ ADư AEđ B5à B6ả B7ã B8á B9ạ BBằ BCẳ BDẵ BEắ C6ặ C7ầ C8ẩ C9ẫ "
    "CAấ CBậ CCè CEẻ CFẽ D0é D1ẹ D2ề D3ể D4ễ D5ế D6ệ D7ì D8ỉ DCĩ DDí DEị DFò E1ỏ E2õ E3ó E4ọ E5ồ E6ổ E7ỗ E8ố E9ộ EAờ "
    "EBở ECỡ EDớ EEợ EFù F1ủ F2ũ F3ú F4ụ F5ừ F6ử F7ữ F8ứ F9ự FAỳ FBỷ FCỹ FDý FEỵ"
)

_VISCII_CODES = (
    "02Ẳ 05Ẵ 06Ẫ 14Ỷ 19Ỹ 1EỴ 80Ạ 81Ắ 82Ằ 83Ặ 84Ấ 85Ầ 86Ẩ 87Ậ 88Ẽ 89Ẹ 8AẾ 8BỀ 8CỂ 8DỄ 8EỆ 8FỐ 90Ồ 91Ổ 92Ỗ 93Ộ 94Ợ 95Ớ "
    "96Ờ 97Ở 98Ị 99Ỏ 9AỌ 9BỈ 9CỦ 9DŨ 9EỤ 9FỲ A0Õ A1ắ A2ằ A3ặ A4ấ A5ầ A6ẩ A7ậ A8ẽ A9ẹ AAế ABề ACể ADễ AEệ AFố B0ồ B1ổ "
    "B2ỗ B3Ỡ B4Ơ B5ộ B6ờ B7ở B8ị B9Ự BAỨ BBỪ BCỬ BDơ BEớ BFƯ C4Ả C5Ă C6ẳ C7ẵ CBẺ CEĨ CFỳ D0Đ D1ứ D5ạ D6ỷ D7ừ D8ử DBỹ "
    "DCỵ DEỡ DFư E4ả E5ă E6ữ E7ẫ EBẻ EEĩ EFỉ F0đ F1ự F6ỏ F7ọ F8ụ FBũ FCủ FEợ FFỮ"
)
"""RFC 1456, where it differs from Latin-1; six capitals sit on control codes."""

_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    small = dict(_VNI_SINGLE)
    small |= {base + mark: base + tone for base in "aeouy" for mark, tone in _VNI_TONES.items()}
    small |= {base + mark: _VNI_SINGLE[base] + tone for base in "ôö" for mark, tone in _VNI_TONES.items()}
    small |= {base + mark: f"{base}\u0302{tone}" for base in "aeo" for mark, tone in _VNI_CIRCUMFLEX.items()}
    small |= {"a" + mark: f"a\u0306{tone}" for mark, tone in _VNI_BREVE.items()}
    table = {}
    for code, letter in small.items():
        table[code] = unicodedata.normalize("NFC", letter)
        # Capitals are typed with small or capital markers alike; the base letter tells the case.
        for capital in {code[0].upper() + code[1:], code.upper()}:
            table[capital] = table[code].upper()
        table[code[0] + code[1:].upper()] = table[code]
    return table


VNI = dict(sorted(_vni_table().items(), key=lambda each: -len(each[0])))
"""Letters by code, the longest codes first."""

CP1252 = "".join(bytes((byte,)).decode("cp1252", errors="ignore") or chr(byte) for byte in range(0x100))
"""The letter of each byte in Windows-1252; the five bytes it leaves undefined are controls, as in Latin-1."""


def _letters(codes: str) -> dict[int, str]:
    return {int(each[:2], 16): each[2:] for each in codes.split()}


TCVN3 = _letters(_TCVN3_CODES)
VISCII = _letters(_VISCII_CODES)
