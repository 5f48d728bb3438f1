"""The words that names, numbers and addresses are made of, with how common each is.

Shares of surnames follow published counts of the whole country; given and middle names stand in order of how common
they seem, and their shares fall with the rank.
"""

SURNAMES = {
    "Nguyễn": 31.5, "Trần": 10.9, "Lê": 8.9, "Phạm": 5.9, "Phan": 2.8, "Huỳnh": 2.6, "Hoàng": 2.5, "Võ": 2.6, "Vũ": 2.3,
    "Trương": 2.2, "Bùi": 2.1, "Đặng": 1.9, "Đỗ": 1.7, "Ngô": 1.5, "Hồ": 1.5, "Dương": 1.3, "Đinh": 1.1, "Lý": 1.0,
    "Đoàn": 0.9, "Đào": 0.9, "Lâm": 0.8, "Trịnh": 0.8, "Mai": 0.8, "Cao": 0.7, "Lương": 0.7, "Lưu": 0.6, "Tô": 0.5,
    "Hà": 0.5, "Tạ": 0.4, "Châu": 0.4, "Chu": 0.3, "Thái": 0.3, "Tăng": 0.3, "Phùng": 0.3, "Quách": 0.25, "Vương": 0.25,
    "La": 0.2, "Kiều": 0.2, "Triệu": 0.2, "Thạch": 0.2, "Sơn": 0.15, "Danh": 0.15, "Kim": 0.15, "Hứa": 0.15,
    "Từ": 0.15, "Tống": 0.12, "Đàm": 0.12, "Nông": 0.12, "Văn": 0.1, "Diệp": 0.1, "Giang": 0.1, "Lục": 0.1,
    "Bành": 0.08, "Âu": 0.08, "Khổng": 0.08, "Nghiêm": 0.08, "Viên": 0.05, "Ông": 0.05, "Cù": 0.05, "Mạc": 0.05,
}  # fmt: skip
"""Percent of people."""

GIVEN = {
    1: (
        "Hùng Dũng Tuấn Minh Nam Anh Hải Long Sơn Thành Đức Hiếu Cường Huy Phúc Hoàng Khang Bảo Phong Quân Tùng Hưng "
        "Thắng Trung Kiên Bình Tâm Tân Khoa Đạt Tài Lộc Phát Quang Vinh Việt Thiện Nghĩa Trí An Khôi Khánh Duy Nhân "
        "Tiến Trường Lâm Hậu Thịnh Toàn Linh Vũ Hòa Thái Quý Mạnh Ngọc Thanh Thông Tú Chiến Công Danh Đông Giang Hà "
        "Hào Hiền Hiệp Hoan Học Khải Khiêm Kỳ Lực Lợi Luân Luật Lương Mẫn Nguyên Nhật Nhựt Ninh Phú Phước Phương "
        "Quốc Quyền Quyết Sang Sáng Sinh Sỹ Tấn Tạo Thạch Thăng Thiên Thọ Thuận Thụy Thức Tín Tính Toản Trọng "
        "Trực Triết Tường Văn Vĩ Vương Vượng Xuân Ý Đăng Điền Định Đoàn Đô Thi"
    ),
    2: (
        "Lan Hương Hoa Linh Anh Trang Thảo Hà Mai Ngọc Phương Thủy Hằng Nga Nhung Yến Thu Hạnh Hồng Vy Trinh Ngân "
        "Nhi My Trâm Tuyết Loan Huyền Dung Vân Hiền Oanh Thúy Liên Liễu Cúc Hòa Bích Diệp Diễm Châu Chi Duyên Giang "
        "Hân Hảo Khánh Kiều Lệ Ly Mỹ Nguyệt Như Phượng Quyên Quỳnh Sương Tâm Thắm Thanh Thùy Thư Tiên Trúc Tú Uyên "
        "Xuân Ánh An Ân Bình Cẩm Đào Điệp Đoan Gấm Hậu Huệ Kim Lam Lành Lài Lý Mận Minh Na Nhàn Nhã Nhân Nương "
        "Phụng Phúc Quế Sen Sinh Thi Thơ Thoa Thuận Thương Tình Trân Truyền Tường Tuyền Út Vui Xoan Xuyến Ý Yên Đan "
        "Hường Mơ Lụa Gái Bé Ba Năm Hai Sáu Chín Mười Nhiên"
    ),
}
"""By sex, the commonest first."""

MIDDLE = {
    1: (
        "Minh Quốc Hữu Đức Thanh Hoàng Công Đình Ngọc Anh Gia Xuân Quang Trọng Bá Duy Tuấn Hồng Thành Thế Nhật Bảo "
        "Viết Trung Tấn Chí Phúc Khắc Hải Đăng"
    ),
    2: (
        "Ngọc Thanh Kim Thu Minh Bích Mỹ Phương Hoàng Như Thùy Hồng Quỳnh Anh Bảo Khánh Tuyết Ánh Diễm Hải Gia Cẩm Mai "
        "Lan Xuân Yến Trúc Tường Thiên Hà"
    ),
}
MARKER = {1: "Văn", 2: "Thị"}
"""The middle name that tells the sex."""

DOUBLETS = (
    ("Hoàng", "Huỳnh"), ("Vũ", "Võ"), ("Phúc", "Phước"), ("Chu", "Châu"), ("Nhân", "Nhơn"), ("Sinh", "Sanh"),
    ("Bảo", "Bửu"), ("Tùng", "Tòng"), ("Tính", "Tánh"), ("Nhật", "Nhựt"), ("Phượng", "Phụng"), ("Hồng", "Hường"),
    ("Hoa", "Huê"), ("Quý", "Quới"), ("Trường", "Tràng"), ("Cảnh", "Kiểng"), ("Lĩnh", "Lãnh"), ("Uy", "Oai"),
)  # fmt: skip
"""A name in the north and in the south: a clerk may write one for the other."""

STREETS = (
    "Lê Hồng Phong", "Nguyễn Trãi", "Trần Hưng Đạo", "Lê Lợi", "Hai Bà Trưng", "Nguyễn Huệ", "Lý Thường Kiệt",
    "Cách Mạng Tháng Tám", "Phan Đình Phùng", "Nguyễn Du", "Hùng Vương", "Ngô Quyền", "Quang Trung", "Lê Duẩn",
    "Đinh Tiên Hoàng", "Võ Thị Sáu", "Nguyễn Văn Trỗi", "Hoàng Hoa Thám", "30 Tháng 4", "Trần Phú", "Phan Chu Trinh",
    "Bùi Thị Xuân", "Nguyễn Thái Học", "Yersin", "Thống Nhất", "Huỳnh Văn Lũy", "Phú Lợi", "Đại lộ Bình Dương",
)  # fmt: skip

HOME_PREFIX = "074"
OTHER_PREFIXES = (
    "079 001 038 040 096 095 094 091 089 087 086 084 083 082 080 072 070 075 066 064 052 051 049 042 046 054 056 060 "
    "068 036 034 037 030 033 035 025 024 019 020 022 026 027 031 044 045 048 058 062 067 077 092 093 002 004 006 008 "
    "010 011 012 014 015 017"
)
"""Where the people who moved here were born, the commonest first."""
PLACEHOLDERS = ("000000000000", "000000001", "123456789", "111111111111", "0")
