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
