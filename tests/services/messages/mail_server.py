"""A mail server in the test's own process, with moods: what real ones do on a bad day."""

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from time import sleep


@dataclass
class Envelope:
    """What was handed over: from whom, to whom, and the bytes as they came."""

    sender: str
    recipient: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)


Mood = Callable[[str, str], str | None]
"""(step, what was said) to an answer instead of the usual one; "hang up" ends the connection.
Steps: connect, mail, rcpt, data, content.
"""


@dataclass
class MailServer:
    """Answers as RFC 5321 has it, unless its mood says otherwise."""

    mood: Mood = lambda step, said: None
    port: int = 0
    taken: list[Envelope] = field(default_factory=list)
    n_connections: int = 0
    offers: Sequence[str] = ("8BITMIME", "ENHANCEDSTATUSCODES")

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?timeout=5"

    def recipients(self) -> list[str]:
        return [envelope.recipient for envelope in self.taken]

    # -- serving -----------------------------------------------------------------------------

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.n_connections += 1
            threading.Thread(target=self._converse, args=[connection], daemon=True).start()

    def _converse(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rwb") as lines:
            try:
                self._session(lines)
            except (OSError, _HangUp):
                return

    def _session(self, lines) -> None:
        self._answer(lines, "connect", "", "220 mail.test ESMTP")
        sender = recipient = ""
        while line := lines.readline().decode("ascii").strip():
            verb = line.partition(" ")[0].upper()
            if verb == "EHLO":
                offers = [f"250-{one}" for one in ("mail.test", *self.offers)]
                self._say(lines, *offers, "250 HELP")
            elif verb == "MAIL":
                sender = _address(line)
                self._answer(lines, "mail", sender, "250 2.1.0 ok")
            elif verb == "RCPT":
                recipient = _address(line)
                self._answer(lines, "rcpt", recipient, "250 2.1.5 ok")
            elif verb == "DATA":
                if self._answer(lines, "data", recipient, "354 go on"):
                    self._content(lines, sender, recipient)
            elif verb == "QUIT":
                self._say(lines, "221 2.0.0 bye")
                return
            else:
                self._say(lines, "250 2.0.0 ok" if verb == "RSET" else "502 5.5.1 what?")

    def _content(self, lines, sender: str, recipient: str) -> None:
        received = b""
        while (line := lines.readline()) != b".\r\n":
            received += line.removeprefix(b".")
        envelope = Envelope(sender, recipient, received)
        answer = self.mood("content", recipient)
        if answer in (None, "take and hang up"):
            self.taken.append(envelope)
        self._act(lines, answer or "250 2.0.0 taken")

    def _answer(self, lines, step: str, said: str, usual: str) -> bool:
        """Whether the usual answer was given."""
        unusual = self.mood(step, said)
        self._act(lines, unusual or usual)
        return unusual is None

    def _act(self, lines, answer: str) -> None:
        if answer.endswith("hang up"):
            raise _HangUp
        self._say(lines, answer)
        if answer.startswith("421"):
            raise _HangUp

    def _say(self, lines, *answers: str) -> None:
        lines.write("".join(f"{answer}\r\n" for answer in answers).encode())
        lines.flush()


class _HangUp(Exception):
    pass


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]


@contextmanager
def mail_server(mood: Mood | None = None, *, port: int = 0) -> Iterator[MailServer]:
    """Listens on this machine only, on a port of its own unless one is asked for."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        server = MailServer(port=listener.getsockname()[1])
        if mood is not None:
            server.mood = mood
        thread = threading.Thread(target=server.serve, args=[listener], daemon=True)
        thread.start()
        try:
            yield server
        finally:
            # Closing alone would leave accept() waiting.
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            thread.join(5)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    sleep(0)
    return port
