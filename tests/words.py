"""Gather what is said in code and templates into the catalogs, and compile them: `./run words`.

Only Babel is needed: templates are first turned into what Django itself hands to gettext.
"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).parents[1] / "src" / "regulars"
LOCALE = PACKAGE / "locale"
DOMAIN = "django"
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
RULES: dict[str, Any] = {"said": None}
"""Below the faces, sentences are made by `rules/sentences.py`."""
METHODS = [
    ("**.py", "python"),
    ("**.html", "tests.words:of_a_template"),
    ("**.txt", "tests.words:of_a_template"),
]


def of_a_template(
    file: Any, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """An extractor of Babel's kind for Django's templates."""
    from babel.messages.extract import extract_python

    # Each tag becomes one call on a line of its own; its indentation is the page's.
    code = "\n".join(line.lstrip() for line in templatize(file.read().decode()).splitlines())
    yield from extract_python(io.BytesIO(code.encode()), keywords, comment_tags, options)


def said() -> Catalog:
    """Everything that is said, with where."""
    found = Catalog(domain=DOMAIN, fuzzy=False)
    for folder, keywords in (("faces", KEYWORDS), ("rules", RULES), ("services", RULES)):
        for path, line, message, comments, context in extract_from_dir(
            PACKAGE / folder, METHODS, keywords=keywords, strip_comment_tags=True
        ):
            del line  # a catalog changes with its words, and not with the lines around them
            found.add(message, None, [(path, None)], auto_comments=comments, context=context)  # type: ignore[list-item]
    return found


def path_of(language: str, ending: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.{ending}"


def catalog_of(language: str) -> Catalog:
    """The catalog as it is kept; an empty one for a new language."""
    path = path_of(language, "po")
    if not path.exists():
        return Catalog(locale=language, domain=DOMAIN, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def missing(language: str) -> list[str]:
    """What is said, and has no words in this language."""
    kept = catalog_of(language)
    wanting = []
    for message in said():
        if message.id:
            found = kept.get(message.id, message.context)
            words = found.string if found is not None and not found.fuzzy else ""
            if not words or (isinstance(words, tuple) and not all(words)):
                wanting.append(str(message.id))
    return wanting


def main() -> None:
    template = said()
    for language, _ in settings.LANGUAGES:
        if language == settings.LANGUAGE_CODE:
            continue
        catalog = catalog_of(language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.project, catalog.version = "Regulars", ""
        catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = ""
        catalog.header_comment = f"# Regulars in {language}; gathered by ./run words."
        catalog.creation_date = catalog.revision_date = _NEVER  # it changes with its words only
        path_of(language, "po").parent.mkdir(parents=True, exist_ok=True)
        with path_of(language, "po").open("wb") as file:
            write_po(file, catalog, width=96, sort_output=True, omit_header=False)
        with path_of(language, "mo").open("wb") as file:
            write_mo(file, catalog)
        n = sum(1 for one in catalog if one.id)
        print(f"{language}: {n} sentences, {len(missing(language))} without words")


if __name__ == "__main__":
    main()
