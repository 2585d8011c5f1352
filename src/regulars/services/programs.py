"""Publish a version of the program (rules 1.6, 3.11; contract section 2)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from regulars.records import bulk, codec, load, models
from regulars.records.ids import uuid7
from regulars.records.quarters import quarter_of
from regulars.rules import billing
from regulars.rules.program import Program
from regulars.rules.program_diff import program_document
from regulars.rules.program_parsing import parse_program
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.rules.versions import Versions
from regulars.services.acting import Acting, Answer
from regulars.services.formats.facts import ProgramFact

CHUNK = 1000


def publish(fact: ProgramFact, acting: Acting) -> Answer:
    """A new version from a business date on; it rewrites nothing made under an older one."""
    company = acting.company
    document = {"effective_from": fact.effective_from.isoformat(), **fact.document}
    program = parse_program(document, company.exponent)
    known = models.ProgramVersion.objects.filter(effective_from=fact.effective_from).first()
    if known is not None and _changes_nothing(known, program, acting):
        return Answer("unchanged")
    _check_day(acting, program, is_known=known is not None)
    _check_guests_have_a_tier(company.versions, program)
    _keep(known, program, acting)
    others = [one for one in company.versions.programs if one.version != program.version]
    before, after = company.versions, Versions([*others, program])
    company.versions = after
    since = _tenders_differ_since(before, after)
    if since is not None:
        recompute_spend(after, since=since)
    return Answer(detail={"version": program.version})


def _changes_nothing(known: models.ProgramVersion, program: Program, acting: Acting) -> bool:
    """The same content again, or an older snapshot than the one held (contract section 1)."""
    if acting.at < known.published_at:
        return True
    return parse_program(codec.value_of(known.document), acting.company.exponent) == program


def _keep(known: models.ProgramVersion | None, program: Program, acting: Acting) -> None:
    """The whole document is kept, every setting said: defaults may change, versions do not."""
    row = known or models.ProgramVersion(effective_from=program.effective_from)
    row.document = codec.text_of(program_document(program))
    row.published_at = acting.at
    row.published_by = acting.by
    row.save()


# -- may it be published ----------------------------------------------------------------------


def _check_day(acting: Acting, program: Program, *, is_known: bool) -> None:
    """Replaced until its date's first close; a closed date is refused, but for the first.

    Idle days are passed over, so a close of a later day closes this one too; days from before
    the books were opened are closed with the first.
    """
    day = program.effective_from
    if not models.JobRun.objects.filter(job="close", day__gte=day).exists():
        return
    if is_known:
        raise _conflict(
            acting,
            said("The version of {day} is in force since that day's close", day=day),
            day,
        )
    if acting.company.versions.programs:
        raise _conflict(acting, said("{day} is closed already", day=day), day)


def _conflict(acting: Acting, what: str, day: date) -> Refused:
    return Refused(
        "conflict",
        said(
            "{what}; publish the change from a day after {closed_through}.",
            what=what,
            closed_through=acting.company.closed_through,
        ),
        field="effective_from",
        value=str(day),
        detail={"closed_through": str(acting.company.closed_through)},
    )


def _check_guests_have_a_tier(versions: Versions, program: Program) -> None:
    """Rule 3.11: a tier with guests in it goes only when they know where to."""
    known = {tier.id: tier for version in versions.programs for tier in version.tiers}
    before = versions.before(program.effective_from)
    # Who is in a tier that the version before retires has left it by then.
    left_by_then = {tier.id for tier in before.tiers if tier.retire} if before else set()
    gone = sorted(set(known) - {tier.id for tier in program.tiers} - left_by_then)
    if not gone:
        return
    rows = models.Account.objects.filter(tier__in=gone).values_list("tier")
    left = dict(rows.annotate(n_guests=Count("id")))
    if left:
        listed = ", ".join(f"{known[tier].name} ({left[tier]})" for tier in sorted(left))
        raise Refused(
            "setting_conflict",
            said(
                "tiers leaves out a tier that guests are in: {listed}. Keep it"
                " with retire naming the tier where they go.",
                listed=listed,
            ),
            field="tiers",
            value=", ".join(sorted(left)),
            detail={"guests": left},
        )


# -- spend under other tenders ----------------------------------------------------------------


def _tenders_differ_since(before: Versions, after: Versions) -> date | None:
    """The first day from which payments count by other tenders than they did, None if never."""
    starts = [one.effective_from for one in (*before.programs, *after.programs)]
    for day in sorted({date.min, *starts}):
        if before.earning_tenders(day) != after.earning_tenders(day):
            return day
    return None


def recompute_spend(versions: Versions, *, since: date) -> int:
    """Spend of every invoice that may have a payment of `since` or later (rule 4.1).

    Entries stay as they were made (rule 1.6). Returns how many invoices were looked at.
    """
    n_invoices = 0
    for chunk in _invoice_keys(since):
        invoices = load.invoices_where("i.id IN %s", [chunk])
        rows = [
            (uuid7(), owner, invoice.key, day, quarter_of(day), cents)
            for owner, invoice in invoices
            for day, cents in billing.spend_by_day(invoice, versions).items()
        ]
        models.Spend.objects.filter(invoice__in=chunk).delete()
        columns = "id guest_id invoice_id paid_on paid_quarter spend_cents".split()
        bulk.insert(models.Spend, columns, rows)
        n_invoices += len(invoices)
    return n_invoices


def _invoice_keys(since: date) -> Iterator[Sequence[UUID]]:
    """Chunks of the invoices in question, in the order of their ids."""
    # A payment dated later than it was known keeps its invoice in line for that day's close.
    wanted = models.Invoice.objects.filter(Q(known_on__gte=since) | Q(settle_on__gte=since))
    after: Any = None
    while True:
        rows = wanted if after is None else wanted.filter(id__gt=after)
        chunk = list(rows.order_by("id").values_list("id", flat=True)[:CHUNK])
        if not chunk:
            return
        yield chunk
        after = chunk[-1]
