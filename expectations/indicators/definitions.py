"""All indicators, in the order of QĐ 766, then the reconciliation's own; docs/indicators.md says the same."""

import polars as pl

from expectations.indicators.definition import QD_766, Definition, Words

_RECEIVED = Words(
    "Hồ sơ có ngày tiếp nhận trong kỳ mà xét được", "Dossiers received in the period that could be judged"
)
_NO_FORMULA = Words("Công thức tính điểm chưa rõ nên không tính điểm.", "No points: their formula is not known.")
_ON_TIME_LIMITS = Words(
    "Hẹn trả chỉ ghi ngày thì tính hết ngày đó. Chưa xong thì lấy thời điểm cuối kỳ. Không xét được: không có hẹn trả "
    "(chưa biết thời hạn tối đa theo luật), đang chờ bổ sung (dữ liệu không có thời điểm yêu cầu), đã kết thúc "
    "mà không có thời điểm. Thời gian chờ bổ sung trước đó không trừ được vì dữ liệu không có.",
    "A due day without a time lasts until its end. Unfinished counts as ended with the period. Not judged: no due date "
    "(the legal maximum is not known), waiting for a supplement (the data has no time of the request), ended without a "
    "time. Earlier waiting for supplements cannot be subtracted: the data does not have it.",
)

_ON_TIME = (
    Definition(
        "on_time",
        "official",
        Words("Tỷ lệ hồ sơ giải quyết đúng hạn", "Dossiers settled on time"),
        Words(
            "Hồ sơ có thời điểm kết thúc không sau hẹn trả, so đến từng giây; kết thúc là lúc xử lý xong, nếu không có "
            "thì lúc trả kết quả",
            "Dossiers whose end is not after the time due, to the second; the end is when processing ended, else when "
            "the result was returned",
        ),
        _RECEIVED,
        Words(f"{_ON_TIME_LIMITS.vi} {_NO_FORMULA.vi}", f"{_ON_TIME_LIMITS.en} {_NO_FORMULA.en}"),
        QD_766 + "2.1",
        max_points=20,
    ),
    Definition(
        "on_time",
        "local",
        Words("Đúng hạn trên hồ sơ đã kết thúc", "On time, of ended dossiers only"),
        Words(
            "Hồ sơ ở trạng thái 7, 9 hoặc 10 có thời điểm kết thúc không sau hẹn trả",
            "Dossiers of status 7, 9 or 10 whose end is not after the time due",
        ),
        Words(
            "Hồ sơ tiếp nhận trong kỳ ở trạng thái 7, 9 hoặc 10 mà xét được",
            "Dossiers received in the period, of status 7, 9 or 10, that could be judged",
        ),
        Words(
            "Cách của một hệ thống kiểu Thanh Hóa: đã xong là 7, 9, 10. Giả định: mẫu số chỉ gồm hồ sơ đã xong.",
            "As a system of the Thanh Hóa type does: finished is 7, 9, 10. Assumed: the denominator is the finished.",
        ),
        "Hệ thống một cửa địa phương, kiểu Thanh Hóa",
    ),
)

_ONLINE = (
    Definition(
        "online",
        "official",
        Words("Tỷ lệ hồ sơ trực tuyến", "Dossiers online"),
        Words(
            "Hồ sơ nộp trực tuyến (kênh 2) và có kết quả điện tử",
            "Dossiers handed in online (channel 2) with an electronic result",
        ),
        _RECEIVED,
        Words(
            "Kênh 1 hoặc để trống là trực tiếp, 3 là bưu chính. Không xét được khi kênh ngoài danh mục, "
            "hoặc không ghi có kết quả điện tử hay không, mà điều đó quyết định. Đạt điểm tối đa từ 50 %; nhóm 3 có 12 "
            "điểm, phần của riêng mục này chưa rõ nên không tính điểm.",
            "Channel 1 or none is in person, 3 by post. Not judged where a channel outside the list, or an electronic "
            "result of which nothing is said, would decide. Full points from 50 %; group 3 has 12, this item's share "
            "is not known, hence no points.",
        ),
        QD_766 + "3.3",
        full_points_from=50,
    ),
)

_DIGITISATION = (
    Definition(
        "electronic_result",
        "official",
        Words("Tỷ lệ cấp kết quả điện tử", "Electronic results"),
        Words("Trong đó: có kết quả điện tử", "Of these: with an electronic result"),
        Words(
            "Hồ sơ tiếp nhận trong kỳ đã có kết quả (trạng thái 9, 10) mà xét được",
            "Dossiers received in the period that have a result (status 9, 10) and could be judged",
        ),
        Words(
            "Mẫu số của QĐ 766 là hồ sơ thuộc thủ tục có kết quả bằng giấy; dữ liệu không có danh mục đó, nên lấy "
            f"hồ sơ đã có kết quả. {_NO_FORMULA.vi}",
            "QĐ 766 divides by dossiers whose procedure yields a paper result; the data has no such list, so dossiers "
            f"that have a result stand for them. {_NO_FORMULA.en}",
        ),
        QD_766 + "4.1",
        max_points=6,
    ),
    Definition(
        "digitised",
        "official",
        Words("Tỷ lệ số hóa hồ sơ, kết quả", "Digitised dossiers and results"),
        Words(
            "Hồ sơ được số hóa và, nếu đã có kết quả (trạng thái 9, 10), có kết quả điện tử",
            "Dossiers digitised and, where there is a result (status 9, 10), with an electronic result",
        ),
        _RECEIVED,
        Words(
            "Dữ liệu không có danh sách tệp của từng thành phần; DuocSoHoa thay cho danh sách đó. Điểm: min(4, 4 × "
            "tỷ lệ / 80), theo giao diện lập trình; văn bản tính theo từng loại giấy tờ.",
            "The data has no list of the files of each component; DuocSoHoa stands for it. Points: min(4, 4 × rate / "
            "80), as the interface does; the text reckons by kind of paper.",
        ),
        QD_766 + "4.2",
        max_points=4,
        full_points_from=80,
    ),
)

_REUSE_TITLE = Words("Tỷ lệ khai thác, sử dụng lại dữ liệu số hóa", "Reuse of digitised data")
_REUSE_POINTS = Words("Điểm: min(2, 2 × tỷ lệ / 80).", "Points: min(2, 2 × rate / 80).")
_REUSED = (
    Definition(
        "reused",
        "official",
        _REUSE_TITLE,
        Words("Hồ sơ có HoSoCoThanhPhanSoHoa = 1", "Dossiers with HoSoCoThanhPhanSoHoa = 1"),
        _RECEIVED,
        Words(
            f"Cờ dùng cho hệ thống của bộ, tỉnh. {_REUSE_POINTS.vi}",
            f"The flag used for systems of ministries and provinces. {_REUSE_POINTS.en}",
        ),
        QD_766 + "4.3",
        max_points=2,
        full_points_from=80,
    ),
    Definition(
        "reused",
        "portal",
        _REUSE_TITLE,
        Words("Hồ sơ có DuocSoHoa = 1", "Dossiers with DuocSoHoa = 1"),
        _RECEIVED,
        Words(
            "Cờ mà Cổng Dịch vụ công quốc gia dùng, ở đây ghi cho cả hồ sơ chứ không cho từng giấy tờ. "
            f"{_REUSE_POINTS.vi}",
            "The flag that the National Public Service Portal uses, here of the whole dossier and not of each paper. "
            f"{_REUSE_POINTS.en}",
        ),
        QD_766 + "4.3",
        max_points=2,
        full_points_from=80,
    ),
    Definition(
        "reused",
        "reuse_flag",
        _REUSE_TITLE,
        Words("Hồ sơ có DuocTaiSuDung = 1", "Dossiers with DuocTaiSuDung = 1"),
        _RECEIVED,
        Words(
            "Chưa rõ có cách tính chính thức nào dùng cờ này; không tính điểm.",
            "Whether any official count uses this flag is not known; no points.",
        ),
        "QCVN 120:2019/BTTTT, DuocTaiSuDung",
    ),
    Definition(
        "reused",
        "local",
        _REUSE_TITLE,
        Words(
            "Hồ sơ có trạng thái số hóa 2 hoặc 3 (tái sử dụng từ thành phần hoặc kết quả của hồ sơ khác)",
            "Dossiers of digitisation state 2 or 3 (reused from a component or a result of another dossier)",
        ),
        Words(
            "Hồ sơ tiếp nhận trong kỳ có trạng thái số hóa từ 0 đến 3",
            "Dossiers received in the period with a digitisation state of 0 to 3",
        ),
        Words(
            "Cách của một hệ thống kiểu Thanh Hóa. Trạng thái được đọc ở DuocSoHoa, như hệ thống gửi; khi mọi hồ sơ "
            "chỉ có 0 và 1 thì không xét được.",
            "As a system of the Thanh Hóa type does. The state is read in DuocSoHoa as it was sent; where all dossiers "
            "have 0 and 1 only, none is judged.",
        ),
        "Hệ thống một cửa địa phương, kiểu Thanh Hóa",
    ),
)

_NATIONAL = (
    Definition(
        "national_store",
        "official",
        Words("Tỷ lệ dùng kho dữ liệu cá nhân trên Cổng quốc gia", "Use of citizens' national store"),
        Words("Hồ sơ có DuocLayTuKhoDMQG = 1", "Dossiers with DuocLayTuKhoDMQG = 1"),
        _RECEIVED,
        Words(
            "Giả định: mẫu số là mọi hồ sơ. Tên trường nói giấy tờ được lấy từ kho; mục 4.4 nói kết quả được chia sẻ "
            f"tới kho. {_NO_FORMULA.vi}",
            "Assumed: the denominator is all dossiers. The field's name says that papers were taken from the store; "
            f"item 4.4 speaks of results shared to it. {_NO_FORMULA.en}",
        ),
        QD_766 + "4.4",
        max_points=4,
    ),
    Definition(
        "population_data",
        "official",
        Words("Tỷ lệ hồ sơ dùng dữ liệu dân cư", "Dossiers that use population data"),
        Words("Hồ sơ có TaiKhoanDuocXacThucVoiVNeID = 1", "Dossiers with TaiKhoanDuocXacThucVoiVNeID = 1"),
        _RECEIVED,
        Words(
            "Dữ liệu không có DSKetNoiCSDL, nên hồ sơ chỉ kết nối CSDL dân cư mà không xác thực VNeID không được tính; "
            f"tỷ lệ thật có thể cao hơn. {_NO_FORMULA.vi}",
            "The data has no DSKetNoiCSDL, so a dossier that was connected to the population database without a VNeID "
            f"account is not counted; the true rate may be higher. {_NO_FORMULA.en}",
        ),
        QD_766 + "4.5b",
        max_points=2,
    ),
    Definition(
        "sync_ready",
        "official",
        Words("Tỷ lệ hồ sơ đủ trường để đồng bộ", "Dossiers complete enough to be synchronised"),
        Words(
            "Hồ sơ có đủ và đọc được 15 trường luôn có trong thông điệp đồng bộ",
            "Dossiers with all 15 fields that the sync message always has, each understood",
        ),
        Words("Hồ sơ có ngày tiếp nhận trong kỳ", "Dossiers received in the period"),
        Words(
            "Cận trên của mục 1.4: hồ sơ có thật sự lên Cổng quốc gia hay không thì dữ liệu không cho biết, nên không "
            "tính điểm. Danh sách 15 trường suy từ phần mềm đồng bộ, không phải từ văn bản.",
            "An upper bound of item 1.4: whether a dossier did reach the national portal the data cannot tell, hence "
            "no points. The 15 fields are taken from sync software, not from a legal text.",
        ),
        QD_766 + "1.4",
    ),
)

_LINKABLE = Words(
    "Vai trò ghi trong bản ghi và đủ dữ kiện để tra", "Roles that a record names and that could be looked up"
)
_OWN = (
    Definition(
        "found",
        "own",
        Words("Tỷ lệ tìm thấy trong CSDL quốc gia", "Found in the national register"),
        Words("Trong đó: đã nối với đúng một người hoặc doanh nghiệp", "Of these: linked to one person or enterprise"),
        _LINKABLE,
        Words(
            "Không tính vai trò không được nêu hoặc không đủ dữ kiện.",
            "Roles that are not named, or of which too little is said, are left out.",
        ),
        "doisoat",
    ),
    Definition(
        "in_review",
        "own",
        Words("Tỷ lệ chờ cán bộ rà soát", "Waiting for a steward"),
        Words("Trong đó: chờ cán bộ quyết định", "Of these: waiting for a steward's decision"),
        _LINKABLE,
        Words("Nên thấp.", "Lower is better."),
        "doisoat",
    ),
    Definition(
        "disputed",
        "own",
        Words("Tỷ lệ khác với CSDL quốc gia", "Differing from the national register"),
        Words(
            "Trong đó: họ tên, ngày sinh, giới tính, số giấy tờ hoặc tên cha, mẹ, vợ, chồng khác hẳn sổ gốc",
            "Of these: name, birth date, sex, number, or the name of a parent or spouse differs from the register "
            "altogether",
        ),
        Words("Vai trò đã nối", "Linked roles"),
        Words(
            "Chỉ tính chỗ khác hẳn, không tính sai một chữ cái hay một chữ số. Nên thấp.",
            "Only what differs altogether, not a slip of a letter or a digit. Lower is better.",
        ),
        "doisoat",
    ),
    Definition(
        "repaired",
        "own",
        Words("Tỷ lệ bản ghi phải sửa khi chuẩn hóa", "Records repaired when standardised"),
        Words("Trong đó: phải sửa ít nhất một chỗ", "Of these: repaired in at least one place"),
        Words("Bản ghi đang giữ", "Records held"),
        Words(
            "Không tính khác biệt chỉ do phần mềm lưu chữ. Nên thấp.",
            "Other ways in which software stores the same letters do not count. Lower is better.",
        ),
        "doisoat",
    ),
    Definition(
        "quarantined",
        "own",
        Words("Tỷ lệ dòng bị cách ly", "Rows in quarantine"),
        Words("Trong đó: đang bị cách ly", "Of these: in quarantine"),
        Words("Bản ghi đang giữ và dòng đang bị cách ly", "Records held and rows in quarantine"),
        Words(
            "Dòng không đọc được ngày thuộc kỳ “?”. Bản ghi còn bản tốt trước đó thì được đếm cả hai. Nên thấp.",
            "Rows whose day could not be read are of the period ?. A record of which a former good version is held "
            "counts as both. Lower is better.",
        ),
        "doisoat",
    ),
)

DEFINITIONS: tuple[Definition, ...] = (*_ON_TIME, *_ONLINE, *_DIGITISATION, *_REUSED, *_NATIONAL, *_OWN)
"""Every indicator by every rule it is reckoned by."""


def definition_table() -> pl.DataFrame:
    """The rows of the published table `indicator_definition`, without the release."""
    rows = [
        {
            "indicator": each.indicator,
            "variant": each.variant,
            **{
                f"{part}_{language}": getattr(getattr(each, part), language)
                for part in ("title", "numerator", "denominator", "note")
                for language in ("vi", "en")
            },
            "source": each.source,
            "max_points": each.max_points,
            "full_points_from": each.full_points_from,
        }
        for each in DEFINITIONS
    ]
    return pl.DataFrame(rows, infer_schema_length=None).cast({"max_points": pl.Float64, "full_points_from": pl.Float64})
