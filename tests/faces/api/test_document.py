"""The OpenAPI document describes what is there, and nothing in it points nowhere."""

import json
import re

from django.test import Client

DOCUMENT = "/api/v1/openapi.json"


def test_every_reference_leads_somewhere():
    document = Client().get(DOCUMENT).json()
    refs = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert document["openapi"] == "3.1.0"
    assert {"invoiceBody", "Result", "Problem", "redeem_points"} <= refs
    assert refs <= set(document["components"]["schemas"])


def test_every_operation_says_what_its_problems_look_like():
    paths = Client().get(DOCUMENT).json()["paths"]
    for path, operations in paths.items():
        for method, operation in operations.items():
            content = operation["responses"]["401"]["content"]
            assert "application/problem+json" in content, (method, path)
