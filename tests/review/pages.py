"""Reads a report's HTML back: its elements, its text by language and its table cells."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Element:
    """One start tag with the language it stands in and the text directly inside."""

    tag: str
    attributes: dict[str, str | None]
    language: str
    text: str = ""


@dataclass
class Page:
    """All elements of a page in order."""

    elements: list[Element] = field(default_factory=list)

    def of(self, *tags: str) -> list[Element]:
        return [each for each in self.elements if each.tag in tags]

    def with_class(self, name: str) -> list[Element]:
        return [each for each in self.elements if name in (each.attributes.get("class") or "").split()]

    def text(self, language: str) -> str:
        told = (each.text for each in self.elements if each.language == language)
        return " ".join(" ".join(told).split())


VOID = {"meta", "link"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        language = self._open[-1].language if self._open else ""
        attributes = dict(attrs)
        # A link to the other language carries that language itself; it still belongs to its edition.
        if "edition" in (attributes.get("class") or ""):
            language = attributes["lang"] or ""
        element = Element(tag, attributes, language)
        self.page.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1].tag != tag:
            raise AssertionError(f"</{tag}> closes <{self._open[-1].tag}>")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].tag not in ("style", "script"):
            self._open[-1].text += data + " "


def read(html: str) -> Page:
    """The page's elements; AssertionError where tags do not nest."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page
