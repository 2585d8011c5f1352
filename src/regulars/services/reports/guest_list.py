"""The guests with what they hold: rewards, points, tier, status (rule 10.11)."""

from collections.abc import Iterator, Sequence

from regulars.records.queries import reports_guests, reports_ledger
from regulars.records.queries.reports_guests import GuestFilter
from regulars.rules.refusals import Refused
from regulars.rules.sentences import said
from regulars.services.organizations import Company
from regulars.services.reports import asking, tiers_shown
from regulars.services.reports.asking import Asked, Question
from regulars.services.reports.report import Column, Report, Row, chosen

COLUMNS = (
    Column("guest", "Guest"),
    Column("name", "Name"),
    Column("phone", "Phone"),
    Column("email", "E-mail"),
    Column("home_center", "Home center"),
    Column("status", "Status"),
    Column("included", "In rewards"),
    Column("opted_in", "Opted in"),
    Column("tier", "Tier"),
    Column("tier_since", "Since", "date"),
    Column("points", "Points", "integer", True),
    Column("n_rewards", "Rewards", "integer", True),
    Column("rewards", "Amount", "money", True),
    Column("expires_on", "Next expiry", "date"),
    Column("known_on", "Known since", "date"),
)
USUAL = "guest name phone status included tier points n_rewards rewards expires_on".split()
SORTS = tuple(reports_guests.SORTS)
YES_OR_NO = ("all", "yes", "no")
QUESTION = Question(
    "none",
    choices={
        "included": YES_OR_NO,
        "has_rewards": YES_OR_NO,
        "sort": ("name", *[one for one in SORTS if one != "name"]),
        "order": ("ascending", "descending"),
    },
    fields=("status", "tier", "search", "expiring_until", "columns"),
)


def report(company: Company, asked: Asked) -> Report:
    """A row a guest, as things stand now; streamed."""
    names = tiers_shown.names_of_tiers(company, asked.at_hand)
    wanted = _filter(company, asked)
    whole = Report(
        name=asked.name,
        title="Guest list",
        organization=reports_ledger.organization_name(),
        currency=company.currency,
        exponent=company.exponent,
        parameters=_lines(asked),
        columns=COLUMNS,
        source=_rows(asked, wanted, names),
        notes=_NOTES,
        empty="No guest is like that.",
    )
    return chosen(whole, _columns(asked.word("columns")))


def _rows(asked: Asked, wanted: GuestFilter, names: dict[str, str]) -> Iterator[Row]:
    for one in reports_guests.guest_list(
        asked.at_hand,
        wanted,
        sort=asked.words["sort"],
        is_descending=asked.words["order"] == "descending",
    ):
        yield (
            one.guest,
            one.name,
            one.phone,
            one.email,
            asked.centers.get(one.home_center or "", one.home_center),
            one.status,
            "yes" if one.is_included else "no",
            "yes" if one.opted_in else "no",
            tiers_shown.name_of(names, one.tier) if one.tier else None,
            one.tier_since,
            one.points,
            one.n_rewards,
            one.rewards_cents,
            one.expires_on,
            one.known_on,
        )


# -- as it was asked --------------------------------------------------------------------------


def _lines(asked: Asked) -> list[tuple[str, str]]:
    shown = [(name, text) for name, text in asked.words.items() if text != "all"]
    told = [(name.replace("_", " ").capitalize(), text) for name, text in shown]
    return [("As of", str(asked.at_hand)), *told, asked.lines[-1]]


def _columns(text: str | None) -> Sequence[str]:
    known = [column.name for column in COLUMNS]
    if text is None or text == "all":
        return USUAL if text is None else known
    names = [part.strip() for part in text.split(",")]
    for name in names:
        if name not in known or names.count(name) > 1:
            problem = said("is there twice") if name in known else said("is no column")
            raise Refused(
                "invalid_record",
                said(
                    "columns: {name!r} {problem}. The columns are {known}; or say all.",
                    name=name,
                    problem=problem,
                    known=", ".join(known),
                ),
                field="columns",
                value=name,
                detail={"columns": known},
            )
    return names


def _filter(company: Company, asked: Asked) -> GuestFilter:
    statuses, tiers = asked.word("status"), asked.word("tier")
    return GuestFilter(
        statuses=asking.statuses_named(statuses) if statuses else None,
        is_included=_truth(asked, "included"),
        tiers=asking.tiers_named(company, tiers) if tiers else None,
        has_rewards=_truth(asked, "has_rewards"),
        search=asked.word("search"),
        expiring_until=asked.day("expiring_until"),
    )


def _truth(asked: Asked, name: str) -> bool | None:
    return {"all": None, "yes": True, "no": False}[asked.words[name]]


_NOTES = (
    said(
        "Rewards are those open on the day, held ones too; the next expiry is the soonest"
        " last day among them. All amounts together are what rewards-outstanding shows for"
        " that day, if nothing narrows the list."
    ),
    said(
        "Guests who were merged into another are that other. In rewards: the status includes"
        " the guest when rewards are processed."
    ),
)
