"""The system checks of the placement of tables."""

import pytest
from django.db import models
from django.db.models.functions import Lower

from regulars.records.constraints import foreign_keys
from regulars.records.fields import OrganizationModel, OrgForeignKey
from regulars.records.placement import check_placements, problems_of
from tests.records.foundation_models import MODELS, Guest, Organization, registry


def codes_of(base: type[models.Model], **body) -> list[str]:
    """The codes for a model of this body, which leaves no trace in the registry."""
    parent = getattr(base, "Meta", object) if base is models.Model else OrganizationModel.Meta
    options = {"app_label": "records", "apps": registry, "abstract": False}
    options |= {name: body.pop(name) for name in ("constraints",) if name in body}
    meta = type("Meta", (parent,), options)
    model = type("Wrong", (base,), {"Meta": meta, "__module__": __name__, **body})
    del registry.all_models["records"]["wrong"]
    registry.clear_cache()
    return [problem.id for problem in problems_of(model)]


def test_the_models_of_the_tests_and_of_the_project_are_in_order():
    assert [problem for model in MODELS for problem in problems_of(model)] == []
    assert check_placements() == []


def unique(*fields: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=fields, name="%(class)s_unique")


HELD = foreign_keys("organization")


@pytest.mark.parametrize(
    ("code", "body"),
    [
        (1, {"placement": "elsewhere"}),
        (2, {"share": models.FloatField()}),
        (2, {"price": models.DecimalField(max_digits=9, decimal_places=2)}),
        (3, {"price_cents": models.IntegerField()}),
        (3, {"points_left": models.PositiveIntegerField()}),
        (4, {"tags": models.ManyToManyField(Guest, related_name="+")}),
        (7, {"constraints": []}),
        (9, {"phone": models.TextField(unique=True)}),
        (10, {"phone": models.TextField(), "constraints": [*HELD, unique("phone")]}),
    ],
)
def test_what_cannot_grow_is_named(code, body):
    assert codes_of(OrganizationModel, **{"constraints": HELD, **body}) == [
        f"records.E{code:03}"
    ]


def key(kind, on_delete=models.PROTECT, to=Guest, **options):
    return kind(to, on_delete, related_name="+", **options)


class Account(models.Model):
    """A table of somebody else's."""

    class Meta:
        app_label = "records"
        apps = registry


@pytest.mark.parametrize(
    ("expected", "field", "keys"),
    [
        ([], key(OrgForeignKey), ["guest"]),
        ([7, 13], key(OrgForeignKey), []),
        ([7], key(OrgForeignKey, null=True), ["guest"]),
        ([12, 13], key(models.ForeignKey), ["guest"]),
        ([], key(OrgForeignKey, models.CASCADE), ["guest"]),
        ([], key(OrgForeignKey, proven_by="organization"), ["organization"]),
        ([13], key(OrgForeignKey, proven_by="other"), ["organization"]),
        ([14], key(OrgForeignKey, models.SET_NULL, null=True), ["guest", "organization"]),
        ([11], key(models.ForeignKey, to=Account), ["organization"]),
        ([13], key(models.ForeignKey, to=Organization), ["organization"]),
        ([8], key(models.OneToOneField, db_constraint=False), ["guest"]),
    ],
)
def test_keys_stay_inside_the_organization(expected, field, keys):
    body = {"guest": field, "constraints": foreign_keys(*keys)}
    codes = codes_of(OrganizationModel, **body)
    assert set(codes) >= {f"records.E{number:03}" for number in expected}
    assert bool(codes) == bool(expected)


def test_a_unique_expression_may_contain_the_organization():
    lower = Lower("name")
    good = models.UniqueConstraint("organization", lower, name="%(class)s_name")
    bad = models.UniqueConstraint(lower, name="%(class)s_name")
    name = models.TextField()
    assert codes_of(OrganizationModel, name=name, constraints=[*HELD, good]) == []
    name = models.TextField()
    assert codes_of(OrganizationModel, name=name, constraints=[*HELD, bad]) == ["records.E010"]


def test_a_reference_table_only_says_so():
    assert codes_of(models.Model, placement="reference") == []
    assert codes_of(models.Model) == ["records.E001"]
    assert codes_of(models.Model, placement="organization") == ["records.E005"]
