"""What `replay --check` says."""

from datetime import date
from typing import Any

import pytest

from regulars.services.formats.expectations import differences

OUTPUT: dict[str, Any] = {
    "results": [
        {"record": "enroll/e1", "status": "refused", "code": "opted_out", "message": "No."},
        {"record": "redeem_points/rd1", "status": "applied", "code": None, "message": None},
        {"record": "enroll/e1", "status": "applied", "code": None, "message": None},
    ],
    "as_of": {
        "2026-03-02": {
            "guests": {
                "ann": {
                    "tier": "silver",
                    "tier_since": date(2026, 3, 2),
                    "points": 325,
                    "spend": "1126.00",
                    "lots": [
                        {"points": 225, "expires_on": "2027-03-02"},
                        {"points": 100, "expires_on": None},
                    ],
                }
            },
            "invoices": {"inv1": {"due": "0.00", "redeemable_rewards": []}},
        }
    },
}


def ann(**state: Any) -> dict[str, Any]:
    return {"as_of": "2026-03-02", "guest": "ann", "state": state}


@pytest.mark.parametrize(
    "met",
    [
        ann(),
        ann(tier="silver", points=325),
        ann(tier_since="2026-03-02"),
        ann(lots=[{"points": 225}, {"points": 100, "expires_on": None}]),
        {"as_of": "2026-03-02", "guest": "bob", "state": None},
        {"as_of": "2026-03-02", "invoice": "inv1", "state": {"redeemable_rewards": []}},
        {"record": "enroll/e1", "status": "applied"},
        {"record": "enroll/e1", "status": "applied", "code": None},
    ],
)
def test_what_is_as_expected(met: dict[str, Any]) -> None:
    assert differences([met], OUTPUT) == []


@pytest.mark.parametrize(
    ("unmet", "said"),
    [
        (ann(points=300), ["as of 2026-03-02, guest ann, points: expected 300, got 325"]),
        (
            ann(tier="gold", points=1),
            [
                'as of 2026-03-02, guest ann, tier: expected "gold", got "silver"',
                "as of 2026-03-02, guest ann, points: expected 1, got 325",
            ],
        ),
        (ann(tier=None), ['as of 2026-03-02, guest ann, tier: expected null, got "silver"']),
        (ann(ponits=1), ["as of 2026-03-02, guest ann, ponits: expected 1, got nothing"]),
        (ann(points="325"), ['as of 2026-03-02, guest ann, points: expected "325", got 325']),
        (
            ann(lots=[{"points": 225}, {"points": 99}]),
            ["as of 2026-03-02, guest ann, lots.1.points: expected 99, got 100"],
        ),
        (
            ann(lots=[{"points": 225}]),
            ["as of 2026-03-02, guest ann, lots.length: expected 1, got 2"],
        ),
        (
            ann(lots=None),
            [
                "as of 2026-03-02, guest ann, lots: expected null, got "
                '[{"points": 225, "expires_on": "2027-03-02"}, '
                '{"points": 100, "expires_on": null}]'
            ],
        ),
        (
            {"as_of": "2026-03-02", "guest": "bob", "state": {"points": 1}},
            [
                'as of 2026-03-02, guest bob: expected {"points": 1}, got nothing: '
                "not known by then"
            ],
        ),
        (
            {"as_of": "2026-03-03", "guest": "ann", "state": {}},
            ["as of 2026-03-03, guest ann: no state as of that day was asked for"],
        ),
        (
            {"as_of": "2026-03-02", "invoice": "inv1", "state": {"due": "1.00"}},
            ['as of 2026-03-02, invoice inv1, due: expected "1.00", got "0.00"'],
        ),
        (
            {"record": "redeem_points/rd1", "status": "refused", "code": "below_minimum"},
            [
                'redeem_points/rd1, status: expected "refused", got "applied"',
                'redeem_points/rd1, code: expected "below_minimum", got null',
            ],
        ),
        (
            {"record": "enroll/e9", "status": "applied"},
            ["enroll/e9: expected a result, got none: the record was not run"],
        ),
    ],
)
def test_what_differs_is_said_readably(unmet: dict[str, Any], said: list[str]) -> None:
    assert differences([unmet], OUTPUT) == said


def test_true_is_not_one() -> None:
    output = {"results": [], "as_of": {"D": {"guests": {"a": {"x": True}}, "invoices": {}}}}

    assert differences([{"as_of": "D", "guest": "a", "state": {"x": 1}}], output)


@pytest.mark.parametrize(
    "odd", [5, None, {}, {"as_of": "2026-03-02", "guest": "ann", "sate": {}}, {"record": 5}, []]
)
def test_an_expectation_that_says_nothing_is_a_difference(odd: object) -> None:
    assert len(differences([odd], OUTPUT)) == 1


def test_why_a_result_was_refused_is_told() -> None:
    output = {"results": OUTPUT["results"][:1], "as_of": {}}

    assert differences([{"record": "enroll/e1", "status": "applied"}], output) == [
        'enroll/e1, status: expected "applied", got "refused" (No.)'
    ]
