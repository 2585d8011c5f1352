from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.add_points import AddPoints
from ...models.appointment import Appointment
from ...models.approve import Approve
from ...models.cancel_enrollment import CancelEnrollment
from ...models.capture_hold import CaptureHold
from ...models.center import Center
from ...models.edit_reward import EditReward
from ...models.enroll import Enroll
from ...models.extend_expiry import ExtendExpiry
from ...models.feedback import Feedback
from ...models.guest import Guest
from ...models.hold import Hold
from ...models.invoice import Invoice
from ...models.issue_reward import IssueReward
from ...models.item import Item
from ...models.merge_guests import MergeGuests
from ...models.opening_balance import OpeningBalance
from ...models.organization import Organization
from ...models.problem import Problem
from ...models.process_rewards import ProcessRewards
from ...models.program import Program
from ...models.redeem_points import RedeemPoints
from ...models.redeem_reward import RedeemReward
from ...models.reject import Reject
from ...models.release_hold import ReleaseHold
from ...models.remove_points import RemovePoints
from ...models.result import Result
from ...models.set_opt_in import SetOptIn
from ...models.status import Status
from ...models.undo_merge import UndoMerge
from ...models.undo_process_rewards import UndoProcessRewards
from ...models.undo_redeem_points import UndoRedeemPoints
from ...models.undo_redeem_reward import UndoRedeemReward
from ...models.void_reward import VoidReward
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: list[
        AddPoints
        | Appointment
        | Approve
        | CancelEnrollment
        | CaptureHold
        | Center
        | EditReward
        | Enroll
        | ExtendExpiry
        | Feedback
        | Guest
        | Hold
        | Invoice
        | IssueReward
        | Item
        | MergeGuests
        | OpeningBalance
        | Organization
        | ProcessRewards
        | Program
        | RedeemPoints
        | RedeemReward
        | Reject
        | ReleaseHold
        | RemovePoints
        | SetOptIn
        | Status
        | UndoMerge
        | UndoProcessRewards
        | UndoRedeemPoints
        | UndoRedeemReward
        | VoidReward
    ]
    | str
    | Unset = UNSET,
    dry_run: bool | Unset = False,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    if not isinstance(x_staff, Unset):
        headers["X-Staff"] = x_staff

    params: dict[str, Any] = {}

    params["dry_run"] = dry_run

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/records",
        "params": params,
    }

    if isinstance(
        body,
        list[
            AddPoints
            | Appointment
            | Approve
            | CancelEnrollment
            | CaptureHold
            | Center
            | EditReward
            | Enroll
            | ExtendExpiry
            | Feedback
            | Guest
            | Hold
            | Invoice
            | IssueReward
            | Item
            | MergeGuests
            | OpeningBalance
            | Organization
            | ProcessRewards
            | Program
            | RedeemPoints
            | RedeemReward
            | Reject
            | ReleaseHold
            | RemovePoints
            | SetOptIn
            | Status
            | UndoMerge
            | UndoProcessRewards
            | UndoRedeemPoints
            | UndoRedeemReward
            | VoidReward
        ],
    ):
        _kwargs["json"] = []
        for body_item_data in body:
            body_item: dict[str, Any]
            if isinstance(body_item_data, AddPoints):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, Appointment):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, Approve):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, CancelEnrollment):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, CaptureHold):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, Center):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, EditReward):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, Enroll):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, ExtendExpiry):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, Feedback):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, Guest):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, Hold):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, Invoice):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, IssueReward):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, Item):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, MergeGuests):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, OpeningBalance):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, Organization):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, ProcessRewards):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, Program):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, RedeemPoints):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, RedeemReward):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, Reject):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, ReleaseHold):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, RemovePoints):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, SetOptIn):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, Status):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, UndoMerge):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, UndoProcessRewards):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, UndoRedeemPoints):
                body_item = body_item_data.to_dict()
            elif isinstance(body_item_data, UndoRedeemReward):
                body_item = body_item_data.to_dict()
            else:
                body_item = body_item_data.to_dict()

            _kwargs["json"].append(body_item)

        headers["Content-Type"] = "application/json"
    if isinstance(body, str):
        _kwargs["content"] = body.payload
        headers["Content-Type"] = "application/x-ndjson"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | list[Result] | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in _response_200:
            response_200_item = Result.from_dict(response_200_item_data)

            response_200.append(response_200_item)

        return response_200

    if response.status_code == 400:
        response_400 = Problem.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = Problem.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Problem.from_dict(response.json())

        return response_403

    if response.status_code == 409:
        response_409 = Problem.from_dict(response.json())

        return response_409

    if response.status_code == 413:
        response_413 = Problem.from_dict(response.json())

        return response_413

    if response.status_code == 415:
        response_415 = Problem.from_dict(response.json())

        return response_415

    if response.status_code == 422:
        response_422 = Problem.from_dict(response.json())

        return response_422

    if response.status_code == 429:
        response_429 = Problem.from_dict(response.json())

        return response_429

    if response.status_code == 500:
        response_500 = Problem.from_dict(response.json())

        return response_500

    if response.status_code == 503:
        response_503 = Problem.from_dict(response.json())

        return response_503

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | list[Result]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: list[
        AddPoints
        | Appointment
        | Approve
        | CancelEnrollment
        | CaptureHold
        | Center
        | EditReward
        | Enroll
        | ExtendExpiry
        | Feedback
        | Guest
        | Hold
        | Invoice
        | IssueReward
        | Item
        | MergeGuests
        | OpeningBalance
        | Organization
        | ProcessRewards
        | Program
        | RedeemPoints
        | RedeemReward
        | Reject
        | ReleaseHold
        | RemovePoints
        | SetOptIn
        | Status
        | UndoMerge
        | UndoProcessRewards
        | UndoRedeemPoints
        | UndoRedeemReward
        | VoidReward
    ]
    | str
    | Unset = UNSET,
    dry_run: bool | Unset = False,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> Response[Problem | list[Result]]:
    """Send any records, in order

     Always 200, with the result of each record in order; a refused one stops no other.

    Args:
        dry_run (bool | Unset):  Default: False.
        idempotency_key (str | Unset):
        x_staff (str | Unset):
        body (list[AddPoints | Appointment | Approve | CancelEnrollment | CaptureHold | Center |
            EditReward | Enroll | ExtendExpiry | Feedback | Guest | Hold | Invoice | IssueReward |
            Item | MergeGuests | OpeningBalance | Organization | ProcessRewards | Program |
            RedeemPoints | RedeemReward | Reject | ReleaseHold | RemovePoints | SetOptIn | Status |
            UndoMerge | UndoProcessRewards | UndoRedeemPoints | UndoRedeemReward | VoidReward]):
        body (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[Result]]
    """

    kwargs = _get_kwargs(
        body=body,
        dry_run=dry_run,
        idempotency_key=idempotency_key,
        x_staff=x_staff,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: list[
        AddPoints
        | Appointment
        | Approve
        | CancelEnrollment
        | CaptureHold
        | Center
        | EditReward
        | Enroll
        | ExtendExpiry
        | Feedback
        | Guest
        | Hold
        | Invoice
        | IssueReward
        | Item
        | MergeGuests
        | OpeningBalance
        | Organization
        | ProcessRewards
        | Program
        | RedeemPoints
        | RedeemReward
        | Reject
        | ReleaseHold
        | RemovePoints
        | SetOptIn
        | Status
        | UndoMerge
        | UndoProcessRewards
        | UndoRedeemPoints
        | UndoRedeemReward
        | VoidReward
    ]
    | str
    | Unset = UNSET,
    dry_run: bool | Unset = False,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> Problem | list[Result] | None:
    """Send any records, in order

     Always 200, with the result of each record in order; a refused one stops no other.

    Args:
        dry_run (bool | Unset):  Default: False.
        idempotency_key (str | Unset):
        x_staff (str | Unset):
        body (list[AddPoints | Appointment | Approve | CancelEnrollment | CaptureHold | Center |
            EditReward | Enroll | ExtendExpiry | Feedback | Guest | Hold | Invoice | IssueReward |
            Item | MergeGuests | OpeningBalance | Organization | ProcessRewards | Program |
            RedeemPoints | RedeemReward | Reject | ReleaseHold | RemovePoints | SetOptIn | Status |
            UndoMerge | UndoProcessRewards | UndoRedeemPoints | UndoRedeemReward | VoidReward]):
        body (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | list[Result]
    """

    return sync_detailed(
        client=client,
        body=body,
        dry_run=dry_run,
        idempotency_key=idempotency_key,
        x_staff=x_staff,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: list[
        AddPoints
        | Appointment
        | Approve
        | CancelEnrollment
        | CaptureHold
        | Center
        | EditReward
        | Enroll
        | ExtendExpiry
        | Feedback
        | Guest
        | Hold
        | Invoice
        | IssueReward
        | Item
        | MergeGuests
        | OpeningBalance
        | Organization
        | ProcessRewards
        | Program
        | RedeemPoints
        | RedeemReward
        | Reject
        | ReleaseHold
        | RemovePoints
        | SetOptIn
        | Status
        | UndoMerge
        | UndoProcessRewards
        | UndoRedeemPoints
        | UndoRedeemReward
        | VoidReward
    ]
    | str
    | Unset = UNSET,
    dry_run: bool | Unset = False,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> Response[Problem | list[Result]]:
    """Send any records, in order

     Always 200, with the result of each record in order; a refused one stops no other.

    Args:
        dry_run (bool | Unset):  Default: False.
        idempotency_key (str | Unset):
        x_staff (str | Unset):
        body (list[AddPoints | Appointment | Approve | CancelEnrollment | CaptureHold | Center |
            EditReward | Enroll | ExtendExpiry | Feedback | Guest | Hold | Invoice | IssueReward |
            Item | MergeGuests | OpeningBalance | Organization | ProcessRewards | Program |
            RedeemPoints | RedeemReward | Reject | ReleaseHold | RemovePoints | SetOptIn | Status |
            UndoMerge | UndoProcessRewards | UndoRedeemPoints | UndoRedeemReward | VoidReward]):
        body (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | list[Result]]
    """

    kwargs = _get_kwargs(
        body=body,
        dry_run=dry_run,
        idempotency_key=idempotency_key,
        x_staff=x_staff,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: list[
        AddPoints
        | Appointment
        | Approve
        | CancelEnrollment
        | CaptureHold
        | Center
        | EditReward
        | Enroll
        | ExtendExpiry
        | Feedback
        | Guest
        | Hold
        | Invoice
        | IssueReward
        | Item
        | MergeGuests
        | OpeningBalance
        | Organization
        | ProcessRewards
        | Program
        | RedeemPoints
        | RedeemReward
        | Reject
        | ReleaseHold
        | RemovePoints
        | SetOptIn
        | Status
        | UndoMerge
        | UndoProcessRewards
        | UndoRedeemPoints
        | UndoRedeemReward
        | VoidReward
    ]
    | str
    | Unset = UNSET,
    dry_run: bool | Unset = False,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> Problem | list[Result] | None:
    """Send any records, in order

     Always 200, with the result of each record in order; a refused one stops no other.

    Args:
        dry_run (bool | Unset):  Default: False.
        idempotency_key (str | Unset):
        x_staff (str | Unset):
        body (list[AddPoints | Appointment | Approve | CancelEnrollment | CaptureHold | Center |
            EditReward | Enroll | ExtendExpiry | Feedback | Guest | Hold | Invoice | IssueReward |
            Item | MergeGuests | OpeningBalance | Organization | ProcessRewards | Program |
            RedeemPoints | RedeemReward | Reject | ReleaseHold | RemovePoints | SetOptIn | Status |
            UndoMerge | UndoProcessRewards | UndoRedeemPoints | UndoRedeemReward | VoidReward]):
        body (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | list[Result]
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            dry_run=dry_run,
            idempotency_key=idempotency_key,
            x_staff=x_staff,
        )
    ).parsed
