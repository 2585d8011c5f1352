"""Letters to the guests of a run of rewards, in one file to print (rule 10.3)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, BinaryIO
from uuid import UUID

from regulars.records import models
from regulars.records.queries.told_guests import GuestToTell
from regulars.services.messages import languages
from regulars.services.messages.announce import occasions_of_run
from regulars.services.messages.consent import may_be_told
from regulars.services.messages.coupon_words import good_through
from regulars.services.messages.kinds import KINDS, LETTER
from regulars.services.messages.letter_pages import Coupon, Letter, LetterFile
from regulars.services.messages.making import Occasion
from regulars.services.messages.standing import Standings, read_standings
from regulars.services.messages.wording import Wordbook, read_wordbook
from regulars.services.organizations import Company

CHUNK = 500

Progress = Callable[[int], None]
_LETTER_PAPER = frozenset("BZD CAD CLP COP CRC DOP GTQ HNL MXN NIO PAB PHP USD VES".split())
"""Currencies of countries that print on US Letter; the others print on A4."""


def letters_of_run(
    company: Company,
    run: str,
    out: BinaryIO,
    *,
    on: date,
    progress: Progress | None = None,
    part: slice = slice(None),
) -> int:
    """Write one PDF with a letter for each guest of a run; returns how many.

    Each has the rewards of this run that may still be used on `on`, as coupons to cut out; who
    has none of them left, or opted out of the program, gets no letter. A guest merged since is
    written to as the survivor. `part` takes some of the guests, for a file that is not too
    long. The same run on the same day gives the same bytes. Refused for a run unknown or
    undone, and where nothing is left to write.
    """
    known = occasions_of_run(run)[part]
    occasions = [one for each in known if (one := _still_good(each, on))]
    book = read_wordbook(company)
    paper = "letter" if company.currency in _LETTER_PAPER else "a4"
    file = LetterFile(out, title=f"{book.organization}: {run}", paper=paper)
    for first in range(0, len(occasions), CHUNK):
        for letter in _letters(book, occasions[first : first + CHUNK], on):
            file.add(letter)
        if progress:
            progress(file.n_letters)
    file.close()
    return file.n_letters


def _still_good(occasion: Occasion, on: date) -> Occasion | None:
    """With the rewards whose last day has not passed; None if there are none."""
    rewards = [
        one
        for one in occasion.values["rewards"]
        if one["expires_on"] is None or one["expires_on"] >= on
    ]
    if not rewards:
        return None
    values = {
        "count": len(rewards),
        "total_cents": sum(one["amount_cents"] for one in rewards),
        "rewards": rewards,
    }
    return replace(occasion, on=on, values=values)


def _letters(book: Wordbook, occasions: Sequence[Occasion], on: date) -> Iterator[Letter]:
    """A chunk of guests, by name: four queries."""
    guests = [one.guest for one in occasions]
    standings = read_standings(book.company, book.organization, guests, {on})
    centers = _center_names(guests)
    for occasion in occasions:
        guest = standings.guests[occasion.guest]
        if may_be_told(guest, KINDS[occasion.kind], LETTER) is None:
            center = centers.get(occasion.guest, "")
            yield _letter(book, standings, occasion, guest, center)


def _letter(
    book: Wordbook, standings: Standings, occasion: Occasion, guest: GuestToTell, center: str
) -> Letter:
    raw = {**standings.values(guest.key, occasion.on), **occasion.values}
    worded = book.word(KINDS[occasion.kind], LETTER, raw, language=guest.language)
    rewards = occasion.values["rewards"]
    return Letter(
        organization=book.organization,
        center=center,
        guest=guest.name,
        day=languages.written_day(occasion.on, worded.language),
        subject=worded.subject,
        text=worded.body,
        coupons=[_coupon(book.company, one, worded.language) for one in rewards],
    )


def _coupon(company: Company, reward: Mapping[str, Any], language: str) -> Coupon:
    last_day = reward["expires_on"]
    return Coupon(
        amount=languages.written_money(
            reward["amount_cents"],
            language,
            currency=company.currency,
            exponent=company.exponent,
        ),
        code=reward["code"],
        last_day="" if last_day is None else good_through(last_day, language),
    )


def _center_names(guests: Sequence[UUID]) -> dict[UUID, str]:
    """The names of the guests' home centers, where they have one. Two queries."""
    names = dict(models.Center.objects.values_list("external_id", "name"))
    homes = models.Guest.objects.filter(id__in=guests).values_list("id", "home_center_ref")
    return {guest: names[ref] for guest, ref in homes if ref in names}
