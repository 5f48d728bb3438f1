"""What a run came to, in one headline, and what people should do next."""

from dataclasses import dataclass

from review.report.language import Language
from review.report.summary import Run


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and the section of the report that tells more."""

    sentence: str
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The headline of a run; `tone` is good, quiet, warn or bad."""

    headline: str
    tone: str
    message: str
    """The run's own sentence; empty where it would only repeat the headline."""
    standing: str
    steps: tuple[Step, ...]


def verdict(run: Run, lang: Language) -> Verdict:
    """What the run came to, what departments read now, and what to do next."""
    headline, tone = _headline(run, lang)
    message = lang.t(run.message_vi, run.message_en)
    said = "" if message.rstrip(".") == headline else message
    return Verdict(headline, tone, said, _standing(run, lang), tuple(_after_status(run, lang) + _everyday(run, lang)))


def _headline(run: Run, lang: Language) -> tuple[str, str]:
    number = lang.integer(run.release)
    known = {
        "published": (lang.t("Đã công bố bản phát hành {n}", "Release {n} is published", n=number), "good"),
        "nothing_new": (lang.t("Không có gì mới để công bố", "Nothing new to publish"), "quiet"),
        "held": (lang.t("Bản phát hành mới bị giữ lại", "The new release is held back"), "warn"),
        "failed": (lang.t("Lần chạy không hoàn thành", "The run did not finish"), "bad"),
    }
    return known.get(run.status, (run.status or lang.t("Không rõ kết quả", "Outcome unknown"), "bad"))


def _standing(run: Run, lang: Language) -> str:
    current = run.release if run.status == "published" else run.previous_release or run.release
    if current is None:
        return lang.t("Chưa có bản phát hành nào.", "There is no release yet.")
    return lang.t(
        "Các đơn vị đang đọc bản phát hành {n}.", "Departments are reading release {n}.", n=lang.integer(current)
    )


def _after_status(run: Run, lang: Language) -> list[Step]:
    if run.status == "failed":
        words = lang.t(
            "Khắc phục nguyên nhân nêu trên rồi chạy lại đúng lệnh cũ; công đoạn đã xong không phải làm lại.",
            "Remove the cause named above and run the same command again; finished stages are not repeated.",
        )
        return [Step(words)]
    if run.status == "held" and run.held_because and all(each.success for each in run.checks):
        words = lang.t(
            "Xem bản mới sẽ đổi gì; nếu đúng, duyệt bằng `doisoat release approve {id} --by TÊN`; nếu sai, sửa ở nguồn "
            "rồi chạy lại.",
            "Look at what it would change; if that is right, `doisoat release approve {id} --by NAME`; if not, correct "
            "the source and run again.",
            id=run.candidate or "",
        )
        return [Step(words, "changes" if run.would_change.units else None)]
    if run.status == "held":
        words = lang.t(
            "Xem các kiểm tra chưa đạt, sửa ở nguồn hoặc xác nhận thay đổi là đúng, rồi chạy lại.",
            "Look at the failed checks, correct the source or confirm that the change is right, then run again.",
        )
        return [Step(words, "checks")]
    return []


def _everyday(run: Run, lang: Language) -> list[Step]:
    refused = sum(each.status == "refused" for each in run.deliveries)
    quarantined = sum(each.quarantined for each in run.books)
    review = sum(role.review for book in run.holdings or run.books for role in book.roles)
    steps: list[Step] = []
    if refused:
        words = lang.t(
            "Gửi lại nguồn các lần giao bị từ chối: {n}.",
            "Send refused deliveries back to their source: {n}.",
            n=refused,
        )
        steps.append(Step(words, "deliveries"))
    if quarantined:
        words = lang.t(
            "Báo đơn vị tiếp nhận sửa các dòng bị cách ly: {n}.",
            "Ask the receiving units to correct quarantined rows: {n}.",
            n=lang.integer(quarantined),
        )
        steps.append(Step(words, "units" if run.quality.units else "books"))
    if review:
        words = lang.t(
            "Cán bộ dữ liệu rà soát các liên kết đang chờ: {n}.",
            "Stewards settle links waiting for review: {n}.",
            n=lang.integer(review),
        )
        steps.append(Step(words, "reasons"))
    return steps
