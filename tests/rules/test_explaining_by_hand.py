"""Rule 1.5: what was done by hand explains itself."""

from regulars.rules.explaining import sentence_of


def test_points_added_say_why_and_who_asked():
    why = {"because": "added", "points": 50, "reason": "goodwill", "comment": "late start"}

    assert sentence_of(why, 2) == "50 points added by hand (goodwill, late start)."
    assert sentence_of(why | {"because": "removed", "asked_by": "maria"}, 2) == (
        "50 points removed by hand (goodwill, late start), asked for by maria."
    )


def test_an_extension_names_its_lots_and_days():
    why = {"because": "extended", "lots": [1, 2], "from": "2026-06-30", "to": None}

    assert sentence_of(why, 2) == (
        "The last day of lots 1, 2 was moved from 2026-06-30 to never."
    )


def test_a_transfer_says_which_way():
    why = {"because": "merged", "points": -30, "lot": 1}

    assert (
        sentence_of(why, 2) == "-30 moved between the records, since two records were merged."
    )
    assert sentence_of(why | {"because": "merge_undone", "points": 30}, 2) == (
        "+30 moved between the records, since a merge was undone."
    )


def test_rewards_of_a_run_name_the_figures_they_came_from():
    why = {"because": "sales_reached", "threshold_cents": 50000, "rewards": 2, "cents": 2500}
    figures = {"total_cents": 172000, "consumed_cents": 50000, "carry_cents": 22000}

    short = "2 rewards of 25.00, one for each 500.00 of qualifying sales"
    assert sentence_of(why, 2) == f"{short}."
    assert sentence_of(why | figures, 2) == (
        f"{short}: 1720.00 so far, 500.00 used before, 220.00 carried over."
    )
