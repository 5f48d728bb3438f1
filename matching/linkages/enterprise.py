"""Enterprises against the business register: what is compared, and which words name no enterprise."""

from matching.levels import Field, Level
from matching.linkages.home import ADDRESS, COMMUNE

TAX_CODE = Field(
    "number",
    "enterprise code",
    "mã số doanh nghiệp",
    (
        Level(9, "own", "the record gives the enterprise's code", "bản ghi nêu mã số của doanh nghiệp này", 0.9),
        Level(
            6,
            "one_edit",
            "one digit of the code differs, or two are swapped",
            "mã số sai hoặc đảo một chữ số",
            0.03,
            1e-6,
        ),
        Level(
            5,
            "branch",
            "the same enterprise, another branch or the head office",
            "mã số của chi nhánh khác hoặc trụ sở",
            0.02,
            0.00002,
        ),
        Level(
            4,
            "representative",
            "the number is the legal representative's",
            "số giấy tờ là của người đại diện pháp luật",
            0.04,
            0.00002,
        ),
        Level(2, "unknown", "the code is nobody's in the register", "mã số không của ai trong sổ gốc", 0.05, 0.30),
        Level(1, "other", "the code belongs to another enterprise", "mã số là của doanh nghiệp khác", 0.02, 0.70),
    ),
)

COMPANY_NAME = Field(
    "name",
    "name of the enterprise",
    "tên doanh nghiệp",
    (
        Level(9, "exact", "the same full name, accents included", "trùng tên đầy đủ, cả dấu", 0.95),
        Level(8, "core", "the same core name", "trùng tên riêng", 0.90),
        Level(7, "alias", "the short or foreign name", "trùng tên viết tắt hoặc tên nước ngoài", 0.03),
        Level(6, "near", "the core name but for a slip", "tên riêng sai một chữ cái", 0.06),
        Level(
            5,
            "representative",
            "the legal representative's name in place of the enterprise's",
            "ghi tên người đại diện pháp luật thay tên doanh nghiệp",
            0.03,
            0.0005,
        ),
        Level(4, "subset", "all words of one core name stand in the other", "tên riêng một bên thiếu chữ", 0.05),
        Level(2, "partial", "half of the words of the name agree", "tên khớp một nửa số chữ", 0.02, 0.05),
        Level(1, "different", "different names", "khác tên doanh nghiệp", 0.02, 0.95),
    ),
)

BRANCH = Field(
    "branch",
    "head office or branch",
    "trụ sở hay chi nhánh",
    (
        Level(9, "same", "both a head office, or both a branch", "cùng là trụ sở hoặc cùng là chi nhánh", 0.97, 0.7),
        Level(1, "different", "one is a branch, the other is not", "một bên là chi nhánh, bên kia không", 0.03, 0.3),
    ),
)

ENTERPRISE = (COMPANY_NAME, TAX_CODE, COMMUNE, ADDRESS, BRANCH)
"""What is compared of enterprises."""
