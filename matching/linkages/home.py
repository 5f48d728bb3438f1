"""Where people and enterprises are: fields that both linkages compare."""

from matching.levels import Field, Level

COMMUNE = Field(
    "commune",
    "commune",
    "xã, phường",
    (
        Level(9, "same", "the same commune, mergers taken into account", "cùng xã, phường sau sáp nhập", 0.75, 0.04),
        Level(5, "province", "another commune, the same province", "khác xã, phường nhưng cùng tỉnh", 0.17, 0.45),
        Level(1, "different", "different provinces", "khác tỉnh", 0.08, 0.51),
    ),
)

ADDRESS = Field(
    "address",
    "house, street and hamlet",
    "địa chỉ chi tiết",
    (
        Level(
            9, "same", "the house number agrees, and the street or hamlet", "trùng số nhà và đường hoặc ấp", 0.3, 0.0002
        ),
        Level(7, "group", "the residents' group and the hamlet agree", "trùng tổ dân phố và ấp, khu phố", 0.1, 0.0015),
        Level(
            6,
            "house",
            "the house number agrees, one side has no street",
            "trùng số nhà, một bên không ghi đường",
            0.05,
            0.002,
        ),
        Level(5, "shared", "half of the house and street agrees", "số nhà và đường khớp một nửa", 0.15, 0.02),
        Level(4, "hamlet", "the number of the hamlet agrees", "trùng số của ấp, khu phố", 0.15, 0.09),
        Level(1, "different", "different addresses", "khác địa chỉ", 0.25, 0.88),
    ),
)
