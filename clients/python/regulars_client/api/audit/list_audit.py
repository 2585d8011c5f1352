import datetime
from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.audit_line_page import AuditLinePage
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    guest: None | str | Unset = UNSET,
    by: None | str | Unset = UNSET,
    kind: None | str | Unset = UNSET,
    from_: datetime.date | None | Unset = UNSET,
    to: datetime.date | None | Unset = UNSET,
    after: str | Unset = "",
    limit: int | Unset = 50,
    fields: None | str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_guest: None | str | Unset
    if isinstance(guest, Unset):
        json_guest = UNSET
    else:
        json_guest = guest
    params["guest"] = json_guest

    json_by: None | str | Unset
    if isinstance(by, Unset):
        json_by = UNSET
    else:
        json_by = by
    params["by"] = json_by

    json_kind: None | str | Unset
    if isinstance(kind, Unset):
        json_kind = UNSET
    else:
        json_kind = kind
    params["kind"] = json_kind

    json_from_: None | str | Unset
    if isinstance(from_, Unset):
        json_from_ = UNSET
    elif isinstance(from_, datetime.date):
        json_from_ = from_.isoformat()
    else:
        json_from_ = from_
    params["from"] = json_from_

    json_to: None | str | Unset
    if isinstance(to, Unset):
        json_to = UNSET
    elif isinstance(to, datetime.date):
        json_to = to.isoformat()
    else:
        json_to = to
    params["to"] = json_to

    params["after"] = after

    params["limit"] = limit

    json_fields: None | str | Unset
    if isinstance(fields, Unset):
        json_fields = UNSET
    else:
        json_fields = fields
    params["fields"] = json_fields

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/audit",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AuditLinePage | Problem | None:
    if response.status_code == 200:
        response_200 = AuditLinePage.from_dict(response.json())

        return response_200

    if response.status_code == 401:
        response_401 = Problem.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Problem.from_dict(response.json())

        return response_403

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
) -> Response[AuditLinePage | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    guest: None | str | Unset = UNSET,
    by: None | str | Unset = UNSET,
    kind: None | str | Unset = UNSET,
    from_: datetime.date | None | Unset = UNSET,
    to: datetime.date | None | Unset = UNSET,
    after: str | Unset = "",
    limit: int | Unset = 50,
    fields: None | str | Unset = UNSET,
) -> Response[AuditLinePage | Problem]:
    """All that was recorded and done, the last first

     Records that were applied or wait for a second person; a refused one left no trace.

    Args:
        guest (None | str | Unset):
        by (None | str | Unset):
        kind (None | str | Unset):
        from_ (datetime.date | None | Unset): First day.
        to (datetime.date | None | Unset): Last day.
        after (str | Unset): `next` of the page before; the first without it. Default: ''.
        limit (int | Unset): How many at most. Default: 50.
        fields (None | str | Unset): Only these fields, by commas; all when left out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AuditLinePage | Problem]
    """

    kwargs = _get_kwargs(
        guest=guest,
        by=by,
        kind=kind,
        from_=from_,
        to=to,
        after=after,
        limit=limit,
        fields=fields,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    guest: None | str | Unset = UNSET,
    by: None | str | Unset = UNSET,
    kind: None | str | Unset = UNSET,
    from_: datetime.date | None | Unset = UNSET,
    to: datetime.date | None | Unset = UNSET,
    after: str | Unset = "",
    limit: int | Unset = 50,
    fields: None | str | Unset = UNSET,
) -> AuditLinePage | Problem | None:
    """All that was recorded and done, the last first

     Records that were applied or wait for a second person; a refused one left no trace.

    Args:
        guest (None | str | Unset):
        by (None | str | Unset):
        kind (None | str | Unset):
        from_ (datetime.date | None | Unset): First day.
        to (datetime.date | None | Unset): Last day.
        after (str | Unset): `next` of the page before; the first without it. Default: ''.
        limit (int | Unset): How many at most. Default: 50.
        fields (None | str | Unset): Only these fields, by commas; all when left out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AuditLinePage | Problem
    """

    return sync_detailed(
        client=client,
        guest=guest,
        by=by,
        kind=kind,
        from_=from_,
        to=to,
        after=after,
        limit=limit,
        fields=fields,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    guest: None | str | Unset = UNSET,
    by: None | str | Unset = UNSET,
    kind: None | str | Unset = UNSET,
    from_: datetime.date | None | Unset = UNSET,
    to: datetime.date | None | Unset = UNSET,
    after: str | Unset = "",
    limit: int | Unset = 50,
    fields: None | str | Unset = UNSET,
) -> Response[AuditLinePage | Problem]:
    """All that was recorded and done, the last first

     Records that were applied or wait for a second person; a refused one left no trace.

    Args:
        guest (None | str | Unset):
        by (None | str | Unset):
        kind (None | str | Unset):
        from_ (datetime.date | None | Unset): First day.
        to (datetime.date | None | Unset): Last day.
        after (str | Unset): `next` of the page before; the first without it. Default: ''.
        limit (int | Unset): How many at most. Default: 50.
        fields (None | str | Unset): Only these fields, by commas; all when left out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AuditLinePage | Problem]
    """

    kwargs = _get_kwargs(
        guest=guest,
        by=by,
        kind=kind,
        from_=from_,
        to=to,
        after=after,
        limit=limit,
        fields=fields,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    guest: None | str | Unset = UNSET,
    by: None | str | Unset = UNSET,
    kind: None | str | Unset = UNSET,
    from_: datetime.date | None | Unset = UNSET,
    to: datetime.date | None | Unset = UNSET,
    after: str | Unset = "",
    limit: int | Unset = 50,
    fields: None | str | Unset = UNSET,
) -> AuditLinePage | Problem | None:
    """All that was recorded and done, the last first

     Records that were applied or wait for a second person; a refused one left no trace.

    Args:
        guest (None | str | Unset):
        by (None | str | Unset):
        kind (None | str | Unset):
        from_ (datetime.date | None | Unset): First day.
        to (datetime.date | None | Unset): Last day.
        after (str | Unset): `next` of the page before; the first without it. Default: ''.
        limit (int | Unset): How many at most. Default: 50.
        fields (None | str | Unset): Only these fields, by commas; all when left out.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AuditLinePage | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            guest=guest,
            by=by,
            kind=kind,
            from_=from_,
            to=to,
            after=after,
            limit=limit,
            fields=fields,
        )
    ).parsed
