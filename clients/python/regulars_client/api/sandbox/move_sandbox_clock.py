from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.move_sandbox_clock_body import MoveSandboxClockBody
from ...models.problem import Problem
from ...models.sandbox_clock import SandboxClock
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: MoveSandboxClockBody,
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
        "url": "/api/v1/sandbox/clock",
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | SandboxClock | None:
    if response.status_code == 200:
        response_200 = SandboxClock.from_dict(response.json())

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
) -> Response[Problem | SandboxClock]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: MoveSandboxClockBody,
    dry_run: bool | Unset = False,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> Response[Problem | SandboxClock]:
    """Move the clock of a sandbox

     Forward only; the days that are over by then are closed.

    Args:
        dry_run (bool | Unset):  Default: False.
        idempotency_key (str | Unset):
        x_staff (str | Unset):
        body (MoveSandboxClockBody):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | SandboxClock]
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
    body: MoveSandboxClockBody,
    dry_run: bool | Unset = False,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> Problem | SandboxClock | None:
    """Move the clock of a sandbox

     Forward only; the days that are over by then are closed.

    Args:
        dry_run (bool | Unset):  Default: False.
        idempotency_key (str | Unset):
        x_staff (str | Unset):
        body (MoveSandboxClockBody):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | SandboxClock
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
    body: MoveSandboxClockBody,
    dry_run: bool | Unset = False,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> Response[Problem | SandboxClock]:
    """Move the clock of a sandbox

     Forward only; the days that are over by then are closed.

    Args:
        dry_run (bool | Unset):  Default: False.
        idempotency_key (str | Unset):
        x_staff (str | Unset):
        body (MoveSandboxClockBody):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | SandboxClock]
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
    body: MoveSandboxClockBody,
    dry_run: bool | Unset = False,
    idempotency_key: str | Unset = UNSET,
    x_staff: str | Unset = UNSET,
) -> Problem | SandboxClock | None:
    """Move the clock of a sandbox

     Forward only; the days that are over by then are closed.

    Args:
        dry_run (bool | Unset):  Default: False.
        idempotency_key (str | Unset):
        x_staff (str | Unset):
        body (MoveSandboxClockBody):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | SandboxClock
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
