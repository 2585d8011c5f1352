"""Templates that cannot be used are refused when they are saved, and say where and why."""

import time

import pytest

from regulars.rules.refusals import Refused
from regulars.services.messages.checking import check
from regulars.services.messages.kinds import KINDS
from regulars.services.messages.templates import compiled, rendered
from regulars.services.messages.values import LONGEST_LIST
from regulars.services.messages.wording import LONGEST_BODY, Words, check_words

REWARDS = KINDS["reward_issued"]


def refusal(body: str, kind: str = "reward_issued") -> Refused:
    with pytest.raises(Refused) as caught:
        check(body, KINDS[kind], field="body", longest=LONGEST_BODY)
    assert caught.value.code == "invalid_record"
    assert caught.value.field == "body"
    return caught.value


@pytest.mark.parametrize(
    ("body", "line", "unknown"),
    [
        ("Dear {{ guset }},", 1, "guset"),
        ("Dear {{ guest }},\n\n{{ earned }} points", 3, "earned"),
        ("{{ guest.name }}", 1, "guest.name"),
        ("{{ rewards.0.code }}", 1, "rewards.0.code"),
        ("{{ rewards.code }}", 1, "rewards.code"),
        ("{% for one in rewards %}\n{{ one.cents }}{% endfor %}", 2, "one.cents"),
        ("{% for one in rewards %}{{ one }}{% endfor %}", 1, "one"),
        ("{% for one in rewards %}{% endfor %}{{ one.code }}", 1, "one.code"),
        ("{% if nothing and guest %}a{% endif %}", 1, "nothing"),
        ("{% if guest %}a{% elif not x == 'b' %}b{% endif %}", 1, "x"),
        ("{{ guest|default:nobody }}", 1, "nobody"),
        ("{% for one in guest %}{% endfor %}", 1, "guest"),
        ("{% for one in awards %}{% endfor %}", 1, "awards"),
        ("{{ forloop.counter }}", 1, "forloop.counter"),
        ("{{ True }}", 1, "True"),
        ("{{ block.super }}", 1, "block.super"),
        ("a\n{% load i18n %}", 2, "load"),
        ("{% include '/etc/passwd' %}", 1, "include"),
        ("{% extends 'base' %}", 1, "extends"),
        ("{% debug %}", 1, "debug"),
        ("{% now 'Y' %}", 1, "now"),
        ("{% csrf_token %}", 1, "csrf_token"),
        ("{% with a=guest %}{% endwith %}", 1, "with"),
        ("{% cycle 'a' 'b' %}", 1, "cycle"),
        ("{% verbatim %}{% endverbatim %}", 1, "verbatim"),
        ("{{ guest|safe }}", 1, "safe"),
        ("{{ guest|center:99999999 }}", 1, "center"),
        ("{{ guest|stringformat:'99999999s' }}", 1, "stringformat"),
    ],
)
def test_what_is_not_there_is_named_with_its_line(body, line, unknown):
    refused = refusal(body)

    assert refused.detail["line"] == line
    assert refused.detail["unknown"] == unknown
    assert f"Line {line} of the body" in refused.message
    assert repr(unknown) in refused.message


def test_an_unknown_field_comes_with_those_there_are():
    fields = refusal("{% for one in rewards %}{{ one.cents }}{% endfor %}").detail["fields"]

    assert fields[-3:] == ["one.code", "one.amount", "one.expires_on"]
    assert {"guest", "points", "total", "count"} <= set(fields)
    assert "rewards.code" not in fields


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "is empty"),
        (" \n ", "is empty"),
        ("x" * (LONGEST_BODY + 1), "at most 20000"),
        ("{% if guest %}", "Unclosed tag"),
        ("{{ guest", "{{ stands alone"),
        ("{{ guest }", "{{ stands alone"),
        ("guest }}", "}} stands alone"),
        ("{{ }}", "Empty variable tag"),
        ("{{ guest.__class__ }}", "underscores"),
        ("{{ guest|upper:3 }}", "upper requires"),
        ("{{ rewards }}", "is a list"),
        ("{{ rewards|upper }}", "is a list"),
        ("{{ guest|default:rewards }}", "is a list"),
        ("{% for a, b in rewards %}{% endfor %}", "cannot name an entry"),
        ("{% for guest in rewards %}{% endfor %}", "cannot name an entry"),
        ("{% for forloop in rewards %}{% endfor %}", "cannot name an entry"),
        ("{% if guest == %}{% endif %}", "Unexpected end"),
    ],
)
def test_what_cannot_be_read_says_why(body, words):
    assert words in refusal(body).message


@pytest.mark.parametrize(
    "body",
    [
        "{% for a in rewards %}{% for b in rewards %}{{ b.code }}{% endfor %}{% endfor %}",
        "{% if guest %}" * 5000 + "{% endif %}" * 5000,
        "{% if guest %}" * 1200,
        f"{{% if {'not ' * 4000}guest %}}a{{% endif %}}",
        "{{ guest" + "|upper" * 3000 + " }}",
        "{{ " + "a." * 9000 + "b }}",
        "{% " * 6000,
        "{#" * 9000,
        "{% {{ {#\n" * 2000,
        ("{%" * 900 + "\n") * 11,
        "{# {{ \n" * 2500,
        "{% comment %}" * 1500,
    ],
)
def test_a_hostile_template_is_refused_at_once(body):
    started = time.process_time()
    refusal(body)

    assert time.process_time() - started < 1


def test_the_largest_template_over_the_longest_lists_stays_small():
    loop = "{% for one in rewards %}{{ one.code }}" + "x" * 900 + "{% endfor %}\n"
    body = loop * (LONGEST_BODY // len(loop))
    check(body, REWARDS, field="body", longest=LONGEST_BODY)
    rewards = [{"code": "c" * 200, "amount": "", "expires_on": ""}] * LONGEST_LIST

    assert len(rendered(compiled(body), {"rewards": rewards})) < 5_000_000


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("{{ guest|upper }}, {{ tier|default:'no tier' }}", "ANN <B>, no tier"),
        ("{{ rewards|length }} {{ rewards|length|plural:'reward,rewards' }}", "2 rewards"),
        ("{{ count|plural:'reward,rewards' }}", "reward"),
        ("{% for one in rewards %}{{ forloop.counter }}{{ one.code }} {% endfor %}", "1a 2b "),
        ("{% for one in rewards reversed %}{{ one.code }}{% endfor %}", "ba"),
        ("{% if rewards and not tier %}yes{% endif %}", "yes"),
        ("{# nothing #}{% comment %}{% debug %}{% endcomment %}x", "x"),
        ("{% if count == '1' %}\none\n{% endif %}\n", "one\n"),
        ('{{ "it\'s" }} {{ 5 }}', "it's 5"),
    ],
)
def test_what_may_be_said(body, text):
    check(body, REWARDS, field="body", longest=LONGEST_BODY)
    values = {
        "guest": "Ann <b>",
        "tier": "",
        "count": "1",
        "rewards": [{"code": "a"}, {"code": "b"}],
    }

    assert rendered(compiled(body), values) == text


def test_an_sms_has_no_subject_and_an_email_needs_one():
    with pytest.raises(Refused) as with_one:
        check_words(Words("Hello", "You have {{ points }}."), REWARDS, "sms")
    with pytest.raises(Refused) as without:
        check_words(Words("", "You have {{ points }}."), REWARDS, "email")

    assert (with_one.value.field, without.value.field) == ("subject", "subject")
