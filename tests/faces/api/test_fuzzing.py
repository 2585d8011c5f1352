"""The OpenAPI document is held against the server: what it allows is answered as it says.

Schemathesis makes requests from the document, good and bad ones, and looks at each answer: no
error of the server, only statuses, media types, headers and bodies that the document has. The
run here is short and always the same;

    pytest --hypothesis-profile=long tests/faces/api/test_fuzzing.py

is on both databases, takes an hour or so, and finds more.
"""

from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ensure_resource_availability,
    missing_required_header,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    use_after_free,
)

from regulars.site.wsgi import application
from tests import databases
from tests.conftest import ENGINES
from tests.faces.api.houses import filled
from tests.faces.api.test_matrix import ROOT, TABLE, furnished

IS_LONG = settings.get_current_profile_name() == "long"
RUN = settings(
    max_examples=200 if IS_LONG else 2,
    stateful_step_count=20 if IS_LONG else 6,
    derandomize=not IS_LONG,
    deadline=None,
    database=None,
    phases=[Phase.generate] if not IS_LONG else [Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
DOCUMENT = schemathesis.openapi.from_wsgi(f"{ROOT}/openapi.json", application)
CONFORMING = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
IN_A_ROW = [*CONFORMING, use_after_free, ensure_resource_availability]
JUDGING = [positive_data_acceptance, negative_data_rejection, missing_required_header]
# A schema cannot say all that is wrong with a record: 422. A condition comes first: 412.
NO = ["400", "401", "403", "404", "409", "412", "413", "415", "422"]
DOCUMENT.config.checks.positive_data_acceptance.expected_statuses = ["2xx", "304", *NO]
DOCUMENT.config.checks.negative_data_rejection.expected_statuses = NO
SAYS_NO_INSIDE = ("POST /records",)
"""Its answer is 200, with a no to each record that is wrong."""


@pytest.fixture(scope="module", params=ENGINES if IS_LONG else ENGINES[:1])
def houses(request, tmp_path_factory, worker, django_db_blocker):
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        database = databases.sqlite_database(template, tmp_path_factory.mktemp("houses"))
    else:
        server = request.getfixturevalue("postgresql_server")
        template = request.getfixturevalue("postgresql_template")
        name = f"houses_{worker}"
        database = databases.postgresql_database(server, template=template, name=name)
    with django_db_blocker.unblock(), furnished(database) as found:
        yield found


@pytest.fixture(autouse=True)
def open_connection():
    """Requests stay in the transaction around them, which is taken back."""
    told = (signals.request_started, signals.request_finished)
    for signal in told:
        signal.disconnect(close_old_connections)
    yield
    for signal in told:
        signal.connect(close_old_connections)


def _operation(name: str) -> Any:
    method, _, path = name.partition(" ")
    return DOCUMENT[f"{ROOT}{path}"][method]


def _headers(key: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"} if key else {}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", TABLE)
def test_answers_are_as_the_document_says(name, mode, houses):
    """Of ids made up and, where there is one, of an id that is known; without a key as well."""
    known = filled(TABLE[name].id, houses.words["ours"])
    checks = CONFORMING if name in SAYS_NO_INSIDE else [*CONFORMING, *JUDGING]

    @RUN
    @given(case=_operation(name).as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        with transaction.atomic():
            headers = _headers(houses.keys["back_office"])
            case.call_and_validate(headers=headers, checks=checks)
            if known and (IS_LONG or "as_of" not in case.query):  # a day gone by takes long
                case.path_parameters = dict.fromkeys(case.path_parameters, known)
                case.call_and_validate(headers=headers, checks=CONFORMING)
            nobody = case.call_and_validate(checks=CONFORMING)
            assert nobody.status_code == 401
            transaction.set_rollback(True)

    ask()


def test_what_follows_from_an_answer_is_as_the_document_says(houses):
    """Along the links of the document: a guest is put, then given points, then read."""

    class Desk(DOCUMENT.as_state_machine()):  # type: ignore[misc]
        def setup(self) -> None:
            self.undone = transaction.atomic()
            self.undone.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"headers": _headers(houses.keys["back_office"])}

        def validate_response(self, response: Any, case: Any, **_: Any) -> None:
            case.validate_response(response, checks=IN_A_ROW)

    Desk.run(settings=settings(RUN, max_examples=50 if IS_LONG else 10))
