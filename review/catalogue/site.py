"""Puts the folder together: every page in both languages, style, script, search index, DCAT, and a mark of its own."""

import posixpath
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from review.catalogue import dcat, drawing, search, words
from review.catalogue.pages import Page, pages
from review.catalogue.sources import Catalogue
from review.report import labels
from review.report.language import EN, VI, Label, Language

MARKER = ".doisoat-catalogue"
"""A folder with this file in it was written by `build`, and may be written anew."""
_MARKER_TEXT = (
    "Thư mục này do `doisoat docs build` lập và ghi lại trọn vẹn mỗi lần.\n"
    "Made by `doisoat docs build`, which writes it anew as a whole each time.\n"
)
_POLICY = (
    # `file:` beside 'self', since browsers disagree whether a page from disk has a self; on the web it allows nothing.
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def build(catalogue: Catalogue) -> dict[str, str]:
    """All files of the folder, by path; all text in UTF-8."""
    found = pages(catalogue)
    built = {Place(lang, page.path).file: _render(catalogue, page, found, lang) for lang in (VI, EN) for page in found}
    index = tuple(search.entries(catalogue))
    built |= {f"assets/search-{lang.code}.js": search.script(index, lang) for lang in (VI, EN)}
    built["assets/catalogue.css"] = _asset("review.report", "report.css") + _asset("review.catalogue", "catalogue.css")
    built["assets/catalogue.js"] = _asset("review.catalogue", "catalogue.js")
    built[dcat.FILE] = dcat.document(catalogue)
    built[MARKER] = _MARKER_TEXT
    return built


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies: Vietnamese at the root, English below `en/`."""

    lang: Language
    path: str

    @property
    def file(self) -> str:
        """The page's file, from the root of the folder."""
        return self.path if self.lang.code == "vi" else f"en/{self.path}"

    def to(self, path: str) -> str:
        """The way to another page in the same language, anchor and all."""
        page, hash_, anchor = path.partition("#")
        return self.out(Place(self.lang, page).file) + hash_ + anchor

    def out(self, file: str) -> str:
        """The way to any file of the folder."""
        return posixpath.relpath(file, posixpath.dirname(self.file) or ".")

    @property
    def root(self) -> str:
        """The way to the folder of this language, for what the script links to."""
        return "../" * self.path.count("/")

    @property
    def other(self) -> str:
        """The way to the same page in the other language."""
        return self.out(Place(EN if self.lang.code == "vi" else VI, self.path).file)


def _render(catalogue: Catalogue, page: Page, found: tuple[Page, ...], lang: Language) -> str:
    place = Place(lang, page.path)
    values: dict[str, Any] = {"lang": lang, "t": lang.t, "of": lang.of, "page": page, "place": place, "href": place.to}
    values |= {"labels": labels, "words": words, "drawing": drawing}
    values |= {
        "catalogue": catalogue,
        "publisher": catalogue.publisher,
        "snapshot": catalogue.snapshot,
        "groups": _groups(found),
        "policy": _POLICY,
    }
    return _environment().get_template(page.template).render(**values, **page.values)


def _groups(found: tuple[Page, ...]) -> list[tuple[Label, list[Page]]]:
    groups = dict.fromkeys(each.group for each in found)
    return [(group, [each for each in found if each.group == group]) for group in groups]


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("review.catalogue"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["broken"] = _broken
    return made


def _broken(name: str) -> Markup:
    """A long name with places where a narrow column may break it: after its joints, before its capitals."""
    parts = re.split(r"(?<=[_./])(?=[^_./])|(?<=[a-z])(?=[A-Z])", name)
    return Markup("<wbr>").join(parts)


@cache
def _asset(package: str, name: str) -> str:
    return files(package).joinpath("assets", name).read_text(encoding="utf-8")
