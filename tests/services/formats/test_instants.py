"""Instants, with and without an offset (rule 1.2)."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.rules.refusals import Refused
from regulars.services.formats.instants import read_instant, zone_named

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "at", "on"),
    [
        ("2026-03-02", "2026-03-02T17:00", "2026-03-02"),
        ("2026-03-02T22:30", "2026-03-03T03:30", "2026-03-02"),
        ("2026-03-02 22:30:15", "2026-03-03T03:30:15", "2026-03-02"),
        ("2026-03-03T03:30Z", "2026-03-03T03:30", "2026-03-02"),
        ("2026-03-03T05:30+02:00", "2026-03-03T03:30", "2026-03-02"),
        ("2026-03-03T05:30+0200", "2026-03-03T03:30", "2026-03-02"),
        ("2026-03-03T05:30:00.25+02", "2026-03-03T03:30:00.250000", "2026-03-02"),
        # The hour from two to three is skipped on 8 March; the one after one comes twice
        # on 1 November.
        ("2026-03-08T02:30", "2026-03-08T07:30", "2026-03-08"),
        ("2026-11-01T01:30", "2026-11-01T05:30", "2026-11-01"),
    ],
)
def test_an_instant(text: str, at: str, on: str) -> None:
    assert read_instant(text, NEW_YORK, field="at") == (
        datetime.fromisoformat(at).replace(tzinfo=UTC),
        date.fromisoformat(on),
    )


def test_a_zone_that_skips_a_day() -> None:
    apia = ZoneInfo("Pacific/Apia")

    assert read_instant("2011-12-30", apia, field="at")[1] == date(2011, 12, 31)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-02-29", "does not exist"),
        ("2026-03-02T24:30", "does not exist"),
        ("2026-03-02T10:60", "does not exist"),
        ("1899-12-31", "must lie from 1900 to 2199"),
        ("2200-01-01", "must lie from 1900 to 2199"),
        ("", "must be an instant"),
        ("now", "must be an instant"),
        ("2026-W10-1", "must be an instant"),
        ("2026-03-02T10", "must be an instant"),
        ("2026-03-02T10:00 ", "must be an instant"),
        ("2026-03-02t10:00z", "must be an instant"),
        ("2026-03-02T10:00[Europe/Paris]", "must be an instant"),
    ],
)
def test_no_instant(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why) as refused:
        read_instant(text, NEW_YORK, field="opened_at")

    assert (refused.value.field, refused.value.value) == ("opened_at", text)


ZONES = st.sampled_from(
    ["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "UTC"]
).map(ZoneInfo)
NAIVE = st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2040-01-01"))


@given(local=NAIVE, zone=ZONES)
def test_local_times_are_as_the_zone_database_has_them(local: datetime, zone: ZoneInfo) -> None:
    at, on = read_instant(local.isoformat(), zone, field="at")

    assert at == local.replace(tzinfo=zone).astimezone(UTC)
    assert on == at.astimezone(zone).date()


@given(local=NAIVE, zone=ZONES, minutes=st.integers(-14 * 60, 14 * 60))
def test_an_offset_says_it_all(local: datetime, zone: ZoneInfo, minutes: int) -> None:
    said = local.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    at, on = read_instant(said.isoformat(), zone, field="at")

    assert (at, on) == (said.astimezone(UTC), said.astimezone(zone).date())


def test_zones_have_names() -> None:
    assert zone_named("Europe/Berlin").key == "Europe/Berlin"
    for name in ("", "Berlin", "Europe", "../etc/passwd", "Europe/Berlin\x00", "localtime"):
        with pytest.raises(Refused, match="time_zone must be an IANA time zone"):
            zone_named(name)
