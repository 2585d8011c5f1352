"""Files that are sent in, as a body or as a part of a form; under an Idempotency-Key, once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.datastructures import MultiValueDict

from regulars.faces.api import bodies
from regulars.faces.api.access import Call, call_of
from regulars.faces.api.headers import header
from regulars.faces.api.problems import Unanswerable
from regulars.faces.api.writing import IDEMPOTENCY_KEY, digest_of, keeping, told_again
from regulars.services import answers
from regulars.services.imports.runs import LARGEST_FILE

_BLOCK = 2**16


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes; `name` is empty where the body is the file."""

    name: str
    blocks: Iterator[bytes]


def file_once(
    request: HttpRequest,
    check: Callable[[Call], None],
    act: Callable[[Call, Upload], HttpResponse],
) -> HttpResponse:
    """Take a file in, or give the answer that was given to it before.

    `check` says whether the caller may, before the file is waited for.
    """
    with call_of(request) as call:
        check(call)
    upload, asked = _sent(request), header(request, IDEMPOTENCY_KEY)
    if asked is None:
        with call_of(request) as call:
            return act(call, upload)
    digest = digest_of(request)
    digest.update(f"{upload.name}\n".encode())
    with TemporaryFile() as held:
        for block in upload.blocks:
            if held.tell() + len(block) > LARGEST_FILE:
                raise Unanswerable("too_large", f"A file may have {LARGEST_FILE:,} bytes.")
            held.write(block)
            digest.update(block)
        held.seek(0)
        whole = Upload(upload.name, iter(lambda: held.read(_BLOCK), b""))
        with call_of(request) as call:
            known = answers.claim(call.key.id, asked, digest.hexdigest(), now=call.now)
            if known is not None:
                return told_again(known)
            return keeping(call, asked, lambda: act(call, whole))


def _sent(request: HttpRequest) -> Upload:
    if request.content_type == "multipart/form-data":
        form = _files_of(request).get("file")
        if isinstance(form, UploadedFile):
            return Upload(str(form.name), iter(form.chunks()))
    return Upload("", bodies.blocks(request))


def _files_of(request: HttpRequest) -> MultiValueDict[str, UploadedFile]:
    try:
        return request.FILES
    except MultiPartParserError as problem:
        raise Unanswerable("bad_request", f"This form cannot be read: {problem}") from None
