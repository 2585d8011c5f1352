"""An organization's own words: saved after a check, shown, given up again."""

from dataclasses import dataclass
from datetime import datetime

from regulars.records import models
from regulars.services import desk_changes
from regulars.services.messages import languages, switches
from regulars.services.messages.kinds import SMS
from regulars.services.messages.wording import Words, check_words, read_wordbook
from regulars.services.organizations import Company
from regulars.services.transactions import write


@dataclass(frozen=True, slots=True)
class Template:
    """The words in use. `language` is the one they are in, `is_own` whose they are; for their
    own who changed them last, and when.
    """

    kind: str
    channel: str
    language: str
    words: Words
    is_own: bool
    changed_at: datetime | None = None
    changed_by: str | None = None


def set_template(
    company: Company,
    kind_name: str,
    channel: str,
    language: str,
    words: Words,
    *,
    at: datetime,
    by: str | None,
) -> None:
    """Use these words from now on; refused, naming line and fields, if they cannot be used."""
    kind = switches.known_kind(kind_name)
    switches.check_channel(kind, channel)
    tag = languages.language_tag(language)
    check_words(words, kind, channel)
    row = {"subject": words.subject, "body": words.body, "changed_at": at, "changed_by": by}

    def keep() -> None:
        models.MessageTemplate.objects.update_or_create(
            kind=kind.name, channel=channel, language=tag, defaults=row
        )
        said = {"language": tag, "subject": words.subject, "body": words.body}
        about = f"message/{kind.name}/{channel}"
        desk_changes.note_act(about, "put in other words", said, at=at, by=by)

    write(keep)


def reset_template(
    company: Company,
    kind_name: str,
    channel: str,
    language: str,
    *,
    at: datetime,
    by: str | None,
) -> bool:
    """Back to the words that come with the product; says whether there were own ones."""
    kind = switches.known_kind(kind_name)
    switches.check_channel(kind, channel)
    tag = languages.language_tag(language)
    rows = models.MessageTemplate.objects.filter(kind=kind.name, channel=channel, language=tag)

    def forget() -> bool:
        n_deleted, _ = rows.delete()
        if n_deleted:
            about, said = f"message/{kind.name}/{channel}", {"language": tag}
            desk_changes.note_act(about, "given our words again", said, at=at, by=by)
        return bool(n_deleted)

    return write(forget)


def template(
    company: Company, kind_name: str, channel: str, language: str | None = None
) -> Template:
    """The words that a guest of this language would get."""
    kind = switches.known_kind(kind_name)
    switches.check_channel(kind, channel)
    tag = None if language is None else languages.language_tag(language)
    shown_in, words, is_own = read_wordbook(company).words(kind, channel, tag)
    if not is_own:
        return Template(kind.name, channel, shown_in, words, False)
    row = next(
        row
        for candidate in languages.fallbacks(shown_in)
        for row in models.MessageTemplate.objects.filter(
            kind=kind.name, channel=channel, language=candidate
        )
    )
    return Template(
        kind.name, channel, row.language, words, True, row.changed_at, row.changed_by
    )


def language_of(company: Company) -> str | None:
    """The language of messages to guests who chose none; None is English."""
    found: str | None = models.Organization.objects.values_list("language", flat=True).get(
        id=company.id
    )
    return found


def set_organization_language(
    company: Company, language: str | None, *, at: datetime, by: str | None
) -> str | None:
    """The language of messages to guests who chose none; None is English."""
    tag = None if language is None else languages.language_tag(language)

    def keep() -> None:
        models.Organization.objects.filter(id=company.id).update(language=tag)
        said = {"language": tag or "en"}
        desk_changes.note_act("message/language", "changed", said, at=at, by=by)

    write(keep)
    return tag


# -- as a file --------------------------------------------------------------------------------

_SUBJECT = "Subject:"


def text_of(words: Words, channel: str) -> str:
    """A template as a file: a line `Subject: …` and an empty one before the body, for SMS the
    body alone.
    """
    if channel == SMS:
        return words.body.rstrip("\n") + "\n"
    return f"{_SUBJECT} {words.subject}\n\n{words.body.rstrip(chr(10))}\n"


def words_of(text: str, channel: str) -> Words:
    """The template that a file holds; without a `Subject:` line the subject is empty."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    if channel == SMS or not first.startswith(_SUBJECT):
        return Words("", text)
    return Words(first.removeprefix(_SUBJECT).strip(), rest.lstrip("\n"))
