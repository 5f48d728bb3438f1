"""Words that make a name an organisation's, and its legal form in every abbreviation and with the usual slips.

Some of them need care: without accents "văn phòng" is the person Văn Phong, "chi cục" Chi Cúc, "công an" Công Ân. Such
a word counts at the beginning only, and with its own accents or with what always follows it.
"""

import re

import polars as pl

from matching.standardise.name_spaces import SURNAMES

_PHRASES = (
    "cong ty", "co phan", "mot thanh vien", "hop danh", "hop tac xa", "doanh nghiep", "tu nhan", "chi nhanh",
    "trach nhiem huu han", "ho kinh doanh", "van phong dai dien",
)  # fmt: skip
"""Legal forms written out, long enough to be known again with a slip of the hand."""

LIMITED = "t n h h|t n hh|tn hh|t nhh|tnhh|tnnh|tnhhh|tnh|thnn|tnhn"
_SURE = (
    "cty|c ty|ctcp|ct tnhh|dntn|dn tn|htx|vpdd|ubnd|uy ban nhan dan|uy ban|bql|ban quan ly|ban qlda|hkd|mttq|dang uy"
    "|tinh uy|private enterprise"
    "|truong (?:mam non|tieu hoc|thcs|thpt|trung hoc|dai hoc|cao dang|mau giao|trung cap|pho thong)"
    "|benh vien|ngan hang|so (?:y te|xay dung|noi vu|tai chinh|cong thuong|tu phap|nong nghiep|van hoa|giao duc)"
    "|phong (?:kham|giao duc|tu phap|kinh te)|xi nghiep|tap doan"
    "|hoi (?:nong dan|phu nu|cuu chien binh|chu thap do|nguoi cao tuoi|khuyen hoc|lien hiep phu nu)"
    "|vien kiem sat|kho bac|quy tin dung|tram y te"
    "|chi cuc (?:thue|hai quan|thi hanh|thong ke|quan ly|kiem)|trung tam (?:y te|phat trien|van hoa|giao duc|dich vu)"
    "|lien doan lao dong|mat tran to quoc|van phong (?:dai dien|cong chung|dang ky|luat su|dieu phoi)"
    "|company|corporation|corp|jsc|joint stock|limited|co ltd|ltd|inc|llc|gmbh"
)
_AT_THE_START = (
    "trung tâm", "chi nhánh", "văn phòng", "công an", "chi cục", "hội đồng", "hiệp hội", "liên đoàn", "cơ sở",
    "cơ quan", "cửa hàng", "nhà máy", "nhà thờ", "giáo xứ", "tòa án", "toà án", "mặt trận", "địa điểm kinh doanh",
    "nhà thuốc", "quầy thuốc", "bưu điện", "bưu cục", "siêu thị", "tiệm", "công đoàn", "tổ hợp tác", "nhà hàng",
    "khách sạn", "nhà nghỉ", "nhà trẻ", "nhóm trẻ", "câu lạc bộ", "ban chỉ huy", "ban quản trị", "hội người", "tịnh xá",
    "hội thánh", "thánh thất", "chùa", "đại lý", "trạm", "ban dân vận", "đội thuế",
)  # fmt: skip
_BARE_AT_THE_START = (
    "cong an|giao xu|nha tho|toa an|hoi dong|hiep hoi|cua hang|nha may|co quan|dia diem kinh doanh|nha thuoc|quay thuoc"
    "|sieu thi|tiem (?:vang|thuoc|tap hoa|banh|toc|may|com)|cong doan co so|nha hang|khach san|nha tre|nhom tre"
    "|cau lac bo|ban chi huy|to hop tac (?:xa|so|san xuat|chan nuoi|dich vu|trong)"
    "|buu dien (?:tinh|huyen|xa|thanh pho|tp)"
)
_EATERIES = (
    "quán (?:cà phê|cafe|ăn|cơm|phở|bún|hủ tiếu|hủ tíu|lẩu|nhậu|trà|chè|nước|bia|karaoke|cháo|mì|ốc|chay|nét|net)"
    "|quan (?:ca phe|cafe|an uong|com|pho|bun|hu tieu|lau|nhau|nuoc|bia|karaoke|chay)"
)
"""Alone "quán" may be a slip in the surname Quan or Quản, so what is sold there must follow."""
_NO_ORGANISATION = r"^\S+(?: \S+)? công t[ýỳỷỹỵ]|^(?:[^t ]\S*|t[^ổo ]\S*) c[oô]ng ty$"
"""A person's name that reads like "công ty" without its accents, or ends in just these words: Nguyễn Công Ty."""
_PERSON = rf"^(?:{'|'.join(sorted(SURNAMES))}) (?:\S+ ){{1,2}}cong ty$"
"""The same after more words, the first of them a surname: Phan Nguyễn Công Ty."""
_NO_PLACE = "^(?:chùa|tiệm|đại lý|siêu thị) (?:thị|văn) "
"""A person's name after all, by the middle word that only persons have."""

_BRANCH = (
    "chi nhanh|van phong dai dien|van phong giao dich|vpdd|dia diem kinh doanh|vp dd|c n|cn|branch"
    "|representative office"
)


def _slips(phrase: str) -> set[str]:
    """The phrase with two neighbouring letters swapped or one letter doubled, within a word."""
    pairs = [at for at in range(len(phrase) - 1) if " " not in phrase[at : at + 2]]
    swapped = {phrase[:at] + phrase[at + 1] + phrase[at] + phrase[at + 2 :] for at in pairs}
    doubled = {phrase[: at + 1] + phrase[at:] for at, letter in enumerate(phrase) if letter != " "}
    return (swapped | doubled) - {phrase}


def with_slips(phrase: str) -> str:
    """The phrase with and without a slip, as the alternatives of a regex."""
    return "|".join(sorted(_slips(phrase) | {phrase}))


FORMS_WITH_SLIPS = "|".join(sorted({slip for phrase in _PHRASES for slip in _slips(phrase)} | set(_PHRASES)))
"""Every legal form written out, with and without a slip, as the alternatives of a regex."""

_DOUBTFUL_WITHOUT_ACCENTS = {"co phan", "chi nhanh", "tu nhan", "hop danh"}
_SURE_FORMS = "|".join(
    sorted(
        {slip for phrase in _PHRASES if phrase not in _DOUBTFUL_WITHOUT_ACCENTS for slip in _slips(phrase)}
        | (set(_PHRASES) - _DOUBTFUL_WITHOUT_ACCENTS)
    )
)


_SURE_WORDS = rf"(?:^| )(?:{_SURE}|{LIMITED}|{_SURE_FORMS})(?: |$)"
_SURE_PATTERN = re.compile(_SURE_WORDS)
_STARTS = rf"^(?:(?:{'|'.join(_AT_THE_START)}) |(?:{_EATERIES})(?: |$))"
_BARE_STARTS = rf"^(?:{_BARE_AT_THE_START}) "
_MARK = "[^a-z0-9]"
_BRANCH_WORDS = rf"(?:^|{_MARK})(?:{_BRANCH.replace(' ', f'{_MARK}+')})(?:{_MARK}|$)"


def is_organisation(spaced: pl.Expr, unaccented: pl.Expr) -> pl.Expr:
    """Whether the name is an organisation's; `spaced` is in lower case with single spaces for all marks."""
    is_person = spaced.str.contains(_NO_ORGANISATION) | unaccented.str.contains(_PERSON)
    sure = unaccented.str.contains(_SURE_WORDS) & ~is_person
    bare = unaccented.str.contains(_BARE_STARTS) & (spaced == unaccented)
    return sure | (spaced.str.contains(_STARTS) & ~spaced.str.contains(_NO_PLACE)) | bare


def names_organisation(unaccented: str) -> bool:
    """Whether an unaccented name has a sure word of an organisation: its words are then no typing residue."""
    return _SURE_PATTERN.search(re.sub(r"[^a-z0-9?&]+", " ", unaccented).strip()) is not None


def is_branch(keys: pl.Expr) -> pl.Expr:
    """Whether the unaccented name of an organisation is a branch's, an office's or a place of business's.

    Such a name is never its head office's, though their cores are the same.
    """
    return keys.str.contains(_BRANCH_WORDS)
