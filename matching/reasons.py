"""The closed lists of what matching may answer, and why; the docstring of a member is its public explanation."""

from enum import StrEnum


class _Explained(StrEnum):
    """A word of a closed list with its sentence in Vietnamese and English."""

    vi: str
    en: str

    def __new__(cls, value: str, vi: str, en: str) -> "_Explained":
        """Keep both sentences beside the word."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.vi, member.en = vi, en
        member.__doc__ = f"{vi} / {en}"
        return member


class Status(_Explained):
    """What became of a record's role."""

    LINKED = "linked", "Đã nối", "Linked to one entry of the register"
    REVIEW = "review", "Cần cán bộ xem", "A steward must decide"
    NOT_FOUND = "not_found", "Không có trong sổ gốc", "Nobody in the register fits"
    UNLINKABLE = "unlinkable", "Không đủ dữ liệu để nối", "The record says too little, or names nobody to link"


class Reason(_Explained):
    """Why a record's role has its status."""

    IDENTIFIER_AND_NAME = "identifier_and_name", "Khớp số định danh và họ tên", "Identifier and name agree"
    IDENTIFIER_AND_BIRTH_DATE = (
        "identifier_and_birth_date",
        "Khớp số định danh và ngày sinh",
        "Identifier and birth date agree",
    )
    FORMER_IDENTIFIER_AND_NAME = (
        "former_identifier_and_name",
        "Khớp số cũ (CMND hoặc số định danh đã cấp trước) và họ tên",
        "A former number (CMND or an earlier citizen ID) and the name agree",
    )
    REPAIRED_IDENTIFIER_AND_NAME = (
        "repaired_identifier_and_name",
        "Khớp họ tên và số định danh sau khi sửa (mất số 0 đầu, sai một chữ số)",
        "The name agrees, and the identifier after a repair (lost zero, one wrong digit)",
    )
    NAME_AND_BIRTH_DATE_UNIQUE = (
        "name_and_birth_date_unique",
        "Chỉ một người khớp cả họ tên và ngày sinh",
        "One person alone has this name and birth date",
    )
    PROXY_IDENTIFIER = (
        "proxy_identifier",
        "Số giấy tờ là của người cùng nhà nộp thay; họ tên và những điều khác khớp người này",
        "The identifier is that of a relative or of one of the household who handed it in; all else fits this person",
    )
    RELATIVES_AND_NAME = (
        "relatives_and_name",
        "Khớp họ tên, và cha mẹ, vợ chồng hoặc con đúng như sổ gốc",
        "The name agrees, and parents, spouse or child are those of the register",
    )
    HOUSEHOLD_AND_NAME = (
        "household_and_name",
        "Khớp họ tên, và nơi ở, điện thoại hoặc email",
        "The name agrees, and the home, the phone or the e-mail",
    )
    IDENTIFIER_AND_REPRESENTATIVE = (
        "identifier_and_representative",
        "Khớp mã số; tên ghi là tên người đại diện pháp luật",
        "The code agrees, and the name given is the legal representative's",
    )
    REPRESENTATIVE_AGREES = (
        "representative_agrees",
        "Khớp doanh nghiệp, tên hoặc số giấy tờ ghi là của người đại diện pháp luật",
        "The enterprise agrees, with its legal representative's name or number in place of its own",
    )
    WEIGHT_ABOVE_THRESHOLD = (
        "weight_above_threshold",
        "Tổng các bằng chứng vượt ngưỡng nối",
        "All evidence together passes the threshold",
    )
    SAME_CLUSTER = (
        "same_cluster",
        "Cùng nhóm với các bản ghi đã nối",
        "Other records of the cluster connect the two",
    )
    DECIDED_BY_STEWARD = "decided_by_steward", "Cán bộ đã quyết định", "A steward decided"
    CLOSE_RUNNER_UP = "close_runner_up", "Có người thứ hai gần như khớp bằng", "A second candidate fits almost as well"
    WEIGHT_BETWEEN_THRESHOLDS = (
        "weight_between_thresholds",
        "Bằng chứng chưa đủ để tự động nối",
        "The evidence is not enough to link automatically",
    )
    IDENTIFIER_CONTRADICTED = (
        "identifier_contradicted",
        "Số định danh là của người khác cả tên lẫn ngày sinh",
        "The identifier belongs to someone whose name and birth date differ",
    )
    TAKEN_BY_ANOTHER = (
        "taken_by_another",
        "Sự kiện chỉ xảy ra một lần nhưng nhiều bản ghi cùng chỉ một người",
        "The event happens once, yet several records point to the same person",
    )
    SAME_PERSON_TWICE = (
        "same_person_twice",
        "Hai vai trong một bản ghi cùng chỉ một người",
        "Two roles of one record point to the same person",
    )
    TWIN = "twin", "Có anh chị em sinh đôi, chỉ tên phân biệt", "A twin exists and the name alone tells them apart"
    RELATIVE_AS_LIKELY = (
        "relative_as_likely",
        "Có thể là người thân: trùng họ hàng, địa chỉ hoặc số, nhưng tên hay ngày sinh khác",
        "It may be a relative: family, address or number agree, yet name or birth date does not",
    )
    PROXY_AS_LIKELY = (
        "proxy_as_likely",
        "Số giấy tờ là của người cùng nhà: có thể chính người ấy được nêu, hoặc chỉ nộp thay",
        "The identifier belongs to a relative or one of the household, who may be meant or may only have handed it in",
    )
    HOUSEHOLD_AS_LIKELY = (
        "household_as_likely",
        "Có thể là người cùng hộ: trùng nơi ở, điện thoại hoặc email, nhưng tên hay ngày sinh khác",
        "It may be another of the household: home, phone or e-mail agree, yet name or birth date does not",
    )
    PARENTS_DIFFER = (
        "parents_differ",
        "Khớp họ tên và ngày sinh, nhưng cha mẹ ghi trên bản ghi khác sổ gốc",
        "Name and birth date agree, yet the parents named are not those of the register",
    )
    REPRESENTATIVE_AS_LIKELY = (
        "representative_as_likely",
        "Chỉ khớp người đại diện pháp luật, người có thể đại diện nhiều doanh nghiệp",
        "Only the legal representative agrees, who may represent several enterprises",
    )
    OTHER_BRANCH = (
        "other_branch",
        "Cùng doanh nghiệp, nhưng một bên là chi nhánh, bên kia là trụ sở",
        "The same enterprise, yet one side is a branch and the other the head office",
    )
    DEAD_BEFORE_EVENT = (
        "dead_before_event",
        "Người này đã mất trước ngày của sự kiện",
        "This person had died before the day of the event",
    )
    STEWARD_CONFLICT = "steward_conflict", "Các quyết định của cán bộ mâu thuẫn nhau", "Stewards' decisions conflict"
    NO_CANDIDATE = "no_candidate", "Không ai trong sổ gốc gần giống", "Nobody in the register comes near"
    WEIGHT_BELOW_THRESHOLD = (
        "weight_below_threshold",
        "Người gần nhất vẫn khác quá nhiều",
        "The nearest candidate still differs too much",
    )
    NO_USABLE_EVIDENCE = "no_usable_evidence", "Không có tên lẫn số dùng được", "Neither a usable name nor a number"
    NOT_NAMED = "not_named", "Bản ghi không nêu người này", "The record does not name this person"
    NOT_PERSON_NOR_ENTERPRISE = (
        "not_person_nor_enterprise",
        "Cơ quan, tổ chức hoặc hộ kinh doanh không thuộc hai sổ gốc",
        "A body, organisation or household business that neither register holds",
    )
    WITHDRAWN = "withdrawn", "Bản ghi đã bị xóa ở nguồn", "The source deleted the record"


class Contrary(_Explained):
    """What speaks against a steward's verdict, which stands all the same."""

    ENTRY_GONE = (
        "entry_gone",
        "Mục đã xác nhận không còn trong sổ gốc",
        "The entry confirmed is in the register no more",
    )
    ANOTHER_FITS = (
        "another_fits",
        "Máy sẽ nối với mục khác",
        "The engine would link another entry",
    )
    WEIGHS_TOO_LITTLE = (
        "weighs_too_little",
        "Hai bên đã xác nhận là một nay khác nhau quá nhiều",
        "The two confirmed as the same differ too much now",
    )
    NUMBER_AGREES = (
        "number_agrees",
        "Hai bên đã bảo là khác nhau nay khớp số, và họ tên hoặc ngày sinh",
        "The two called different agree on the number now, and on name or birth date",
    )
    FOUND_IN_REGISTER = (
        "found_in_register",
        "Đã bảo là không có trong sổ gốc, nay máy tìm thấy",
        "Said to be in no register, and the engine finds an entry now",
    )


STATUS_REASONS: dict[Status, frozenset[Reason]] = {
    Status.LINKED: frozenset(
        {
            Reason.IDENTIFIER_AND_NAME,
            Reason.IDENTIFIER_AND_BIRTH_DATE,
            Reason.FORMER_IDENTIFIER_AND_NAME,
            Reason.REPAIRED_IDENTIFIER_AND_NAME,
            Reason.NAME_AND_BIRTH_DATE_UNIQUE,
            Reason.PROXY_IDENTIFIER,
            Reason.RELATIVES_AND_NAME,
            Reason.HOUSEHOLD_AND_NAME,
            Reason.IDENTIFIER_AND_REPRESENTATIVE,
            Reason.REPRESENTATIVE_AGREES,
            Reason.WEIGHT_ABOVE_THRESHOLD,
            Reason.SAME_CLUSTER,
            Reason.DECIDED_BY_STEWARD,
        }
    ),
    Status.REVIEW: frozenset(
        {
            Reason.CLOSE_RUNNER_UP,
            Reason.WEIGHT_BETWEEN_THRESHOLDS,
            Reason.IDENTIFIER_CONTRADICTED,
            Reason.TAKEN_BY_ANOTHER,
            Reason.SAME_PERSON_TWICE,
            Reason.TWIN,
            Reason.RELATIVE_AS_LIKELY,
            Reason.PROXY_AS_LIKELY,
            Reason.HOUSEHOLD_AS_LIKELY,
            Reason.PARENTS_DIFFER,
            Reason.REPRESENTATIVE_AS_LIKELY,
            Reason.OTHER_BRANCH,
            Reason.DEAD_BEFORE_EVENT,
            Reason.STEWARD_CONFLICT,
        }
    ),
    Status.NOT_FOUND: frozenset(
        {
            Reason.NO_CANDIDATE,
            Reason.WEIGHT_BELOW_THRESHOLD,
            Reason.TAKEN_BY_ANOTHER,
            Reason.DECIDED_BY_STEWARD,
        }
    ),
    Status.UNLINKABLE: frozenset(
        {Reason.NO_USABLE_EVIDENCE, Reason.NOT_NAMED, Reason.NOT_PERSON_NOR_ENTERPRISE, Reason.WITHDRAWN}
    ),
}
"""Which reasons each status may have."""
