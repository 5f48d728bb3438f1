"""The ethnic groups of Viet Nam: the official code, the official name, and the names that registers hold instead.

Codes and names of the statistics office's list (decision 121). A name that stands for two groups stands for none.
"""

from functools import cache

from matching.standardise.syllables import fold

_GROUPS = """
01 Kinh; Việt
02 Tày; Thổ (Tày); Ngạn; Phén; Thù Lao; Pa Dí
03 Thái; Tày Đăm; Tày Khao; Tày Mười; Tày Thanh; Mán Thanh; Hàng Bông; Pa Thay
04 Hoa; Hán; Triều Châu; Phúc Kiến; Quảng Đông; Hải Nam; Hạ; Xạ Phạng
05 Khơ-me; Khmer; Khơ Me; Khơ me; Cur; Cul; Cu; Thổ (Khơ-me); Việt gốc Miên; Krôm
06 Mường; Mol; Mual; Mọi; Mọi Bi; Ao Tá; Ậu Tá
07 Nùng; Xuồng; Giang; Nùng An; Phàn Sinh; Nùng Cháo; Nùng Lòi; Quý Rim; Khèn Lài
08 HMông; Mông; H'Mông; Hmông; Mèo; Mèo Hoa; Mèo Xanh; Mèo Đỏ; Mèo Đen; Ná Mẻo; Mán Trắng
09 Dao; Mán; Động; Trại; Xá; Dìu; Miên; Kiềm; Miền; Quần Trắng; Dao Đỏ; Quần Chẹt; Lô Giang; Dao Tiền;
  Thanh Y; Lan Tẻn; Đại Bản; Tiểu Bản; Cóc Ngáng; Cóc Mùn; Sơn Đầu
10 Gia-rai; Gia Rai; Giơ-rai; Tơ-buăn; Chơ-rai; Hơ-bau; Hđrung; Chor; Jrai
11 Ngái; Xín; Lê; Đản; Khách Gia
12 Ê-đê; Ê Đê; Ra-đê; Đê; Kpạ; A-đham; Krung; Ktul; Đliê Ruê; Blô; Epan; Mđhur; Bih
13 Ba-na; Ba Na; Bahnar; Gơ-lar; Tơ-lô; Giơ-lâng; Y-lăng; Rơ-ngao; Krem; Roh; ConKđe; A-la Công; Kpăng Công; Bơ-nâm
14 Xơ-đăng; Xơ Đăng; Xơ-teng; Hđang; Tơ-đra; Mơ-nâm; Ha-lăng; Ca-dong; Kmrâng; ConLan; Bri-la; Tang
15 Sán Chay; Cao Lan; Sán Chỉ; Mán Cao Lan; Hờn Bạn; Sơn Tử
16 Cơ-ho; Cơ Ho; K'Ho; Kơ Ho; Xrê; Nốp; Tu-lốp; Cơ-don; Chil; Lat; Lach; Trinh
17 Chăm; Chàm; Chiêm Thành; Hroi
18 Sán Dìu; Sán Dẻo; Trại; Trại Đất; Mán Quần Cộc
19 Hrê; Chăm Rê; Chom; Krẹ Luỹ
20 Mnông; M'Nông; Pnông; Nông; Pré; Bu-đâng; ĐiPri; Biat; Gar; Rơ-lam; Chil
21 Ra-glai; RaGlay; Ra-clây; Rai; Noang; La-oang
22 Xtiêng; Xa-điêng; Stiêng; S'Tiêng
23 Bru-Vân Kiều; Bru Vân Kiều; Bru; Vân Kiều; Măng Coong; Tri Khùa
24 Thổ; Kẹo; Mọn; Cuối; Họ; Đan Lai; Ly Hà; Tày Pọng; Con Kha; Xá Lá Vàng
25 Giáy; Nhắng; Dẩng; Pầu Thìn; Nu Nà; Cùi Chu; Xa
26 Cơ-tu; Cơ Tu; Ca-tu; Cao; Hạ; Phương; Ca-tang
27 Gié-Triêng; Giẻ-Triêng; Đgiéh; Ta-riêng; Ve; Veh; La-ve; Ca-tang
28 Mạ; Châu Mạ; Mạ Ngăn; Mạ Xóp; Mạ Tô; Mạ Krung
29 Khơ-mú; Khơ mú; Xá Cẩu; Mứn Xen; Pu Thênh; Tềnh; Tày Hay
30 Co; Cor; Col; Cùa; Trầu
31 Ta-ôi; Tà Ôi; Tôi-ôi; Pa-co; Pa Kô; Pa-hi; Ba-hi
32 Chơ-ro; Chơ Ro; Dơ-ro; Châu-ro
33 Kháng; Xá Khao; Xá Súa; Xá Dón; Xá Dẩng; Xá Hốc; Xá Ái; Xá Bung; Quảng Lâm
34 Xinh-mun; Xinh Mun; Puộc; Pụa
35 Hà Nhì; U Ni; Xá U Ni
36 Chu-ru; Chu Ru; Chơ-ru; Chu
37 Lào; Là Bốc; Lào Nọi
38 La Chí; Cù Tê; La Quả
39 La Ha; Xá Khao; Khlá Phlạo
40 Phù Lá; Bồ Khô Pạ; Mu Di Pạ Xá; Phó; Phổ; Va Xơ
41 La Hủ; Lao; Pu Đang; Khù Xung; Cò Xung; Khả Quy
42 Lự; Lừ; Nhuồn; Duôn
43 Lô Lô; Mun Di
44 Chứt; Sách; Máy; Rục; Mã-liêng; A-rem; Tu vang; Pa-leng; Xơ-Lang; Tơ-hung; Chà-củi; Tắc-củi; U-mo
45 Mảng; Mảng Ư; Xá Lá Vàng
46 Pà Thẻn; Pà Hưng; Tống
47 Cơ Lao
48 Cống; Xắm Khống; Mấng Nhé; Xá Xeng
49 Bố Y; Chủng Chá; Trọng Gia; Tu Di; Tu Din
50 Si La; Cù Dề Xừ; Khả pẻ
51 Pu Péo; Ka Pèo; Pen Ti Lô Lô
52 Brâu; Brao
53 Ơ Đu; Tày Hạt
54 Rơ-măm; Rơ Măm
55 Người nước ngoài
"""
_EXTRA = {"dân tộc kinh": "01", "nước ngoài": "55", "55": "55", "99": "55"}


@cache
def codes_by_name() -> dict[str, str]:
    """The code of each unambiguous name, by the name as `name_key` gives it; official names win over variants."""
    official: dict[str, str] = {}
    variants: dict[str, set[str]] = {}
    for line in _GROUPS.replace("\n  ", " ").strip().splitlines():
        code, names = line.split(" ", 1)
        first, *others = names.split("; ")
        official[name_key(first)] = code
        for each in others:
            variants.setdefault(name_key(each), set()).add(code)
    known = {key: min(codes) for key, codes in variants.items() if len(codes) == 1} | official
    return known | {name_key(name): code for name, code in _EXTRA.items()}


def name_key(name: str) -> str:
    """The name without case, hyphens, apostrophes and spaces."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


@cache
def codes_by_folded_name() -> dict[str, str]:
    """The same without accents, for names written without them; a name shared by two groups is left out."""
    folded: dict[str, set[str]] = {}
    for key, code in codes_by_name().items():
        folded.setdefault(fold(key), set()).add(code)
    return {key: min(codes) for key, codes in folded.items() if len(codes) == 1}
