"""A mail server that does as it is told, on a port of this machine."""

from __future__ import annotations

import base64
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Mailbox:
    """What the server got, and how it is to answer: command → reply (or a function of its argument)."""

    tls: ssl.SSLContext | None = None
    implicit: bool = False
    user: tuple[str, str] | None = None
    replies: dict[str, Any] = field(default_factory=dict)
    hangs_at: str = ""
    messages: list[dict[str, Any]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def credential(self) -> dict[str, str]:
        security = "tls" if self.implicit else "starttls" if self.tls else "none"
        name = "localhost" if self.tls else "127.0.0.1"
        user, password = self.user or ("", "")
        return {"host": name, "port": str(self.port), "user": user, "password": password, "security": security}


class _Session(socketserver.StreamRequestHandler):
    box: Mailbox

    def handle(self) -> None:
        self.secure = False
        self.mail: dict[str, Any] = {}
        if self.box.implicit:
            self._encrypt()
        self._say(self.box.replies.get("BANNER", "220 test"))
        while True:
            line = self.rfile.readline()
            if not line:
                return
            command, _, argument = line.decode().rstrip("\r\n").partition(" ")
            self.box.commands.append(command.upper())
            if self.box.hangs_at == command.upper():
                threading.Event().wait(20)
                return
            if not self._answer(command.upper(), argument):
                return

    def finish(self) -> None:
        super().finish()
        self.request.close()

    def _answer(self, command: str, argument: str) -> bool:
        told = self.box.replies.get(command)
        told = told(argument) if callable(told) else told
        if told:
            self._say(told)
            return not told.startswith("421")
        if command in ("EHLO", "HELO"):
            offers = ["test", "8BITMIME"]
            offers += ["STARTTLS"] if self.box.tls and not self.secure else []
            offers += ["AUTH PLAIN"] if self.box.user else []
            for offer in offers[:-1]:
                self._say(f"250-{offer}")
            self._say(f"250 {offers[-1]}")
        elif command == "STARTTLS":
            self._say("220 go")
            self._encrypt()
        elif command == "AUTH":
            sent = base64.b64decode(argument.split()[-1]).decode().split("\0")[1:]
            self._say("235 ok" if tuple(sent) == self.box.user else "535 no")
        elif command in ("MAIL", "RCPT", "DATA"):
            self._take(command, argument)
        elif command == "QUIT":
            self._say("221 bye")
            return False
        else:
            self._say("250 ok")
        return True

    def _take(self, command: str, argument: str) -> None:
        if command == "MAIL":
            self.mail = {"from": argument, "to": [], "secure": self.secure}
            self._say("250 ok")
        elif command == "RCPT":
            self.mail["to"].append(argument.removeprefix("TO:").strip("<>"))
            self._say("250 ok")
        else:
            self._say("354 go")
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line)
            self.box.messages.append({**self.mail, "data": b"".join(lines)})
            self._say(self.box.replies.get("END", "250 taken"))

    def _encrypt(self) -> None:
        assert self.box.tls is not None
        self.request = self.box.tls.wrap_socket(self.request, server_side=True)
        self.rfile.close()
        self.rfile, self.secure = self.request.makefile("rb"), True

    def _say(self, line: str) -> None:
        self.request.sendall(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up in the middle is a part of the tests."""


@contextmanager
def mail_server(box: Mailbox) -> Iterator[Mailbox]:
    """The server of a mailbox, while the block runs."""
    handler = type("Session", (_Session,), {"box": box})
    with _Server(("127.0.0.1", 0), handler) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
