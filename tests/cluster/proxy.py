"""A way to the API server that can be cut: it passes bytes on until it has passed enough of them."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_CHUNK = 16 * 1024


class Proxy:
    """Passes on until `budget` bytes came from the server; then every connection ends, and `again` may follow."""

    def __init__(self, port: int, budget: int, *, again: bool) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._target = port
        self._budget = budget
        self._again = again
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self.passed = 0
        self.cut = False
        self.url = f"https://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """End everything."""
        _end(self._server)
        for each in self._open:
            _end(each)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._server.accept()
                if self.cut and not self._again:
                    _end(client)
                    continue
                server = socket.create_connection(("127.0.0.1", self._target))
                self._open += [client, server]
                threading.Thread(target=self._pass, args=(client, server, False), daemon=True).start()
                threading.Thread(target=self._pass, args=(server, client, True), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while data := source.recv(_CHUNK):
                if counted and self._spent(len(data)):
                    break
                target.sendall(data)
        _end(source)
        _end(target)

    def _spent(self, size: int) -> bool:
        """Whether this is where it is cut: once, in the middle of an answer."""
        with self._lock:
            self.passed += size
            if self.cut or self.passed <= self._budget:
                return self.cut and not self._again
            self.cut = True
            return True


@contextmanager
def proxy(port: int, budget: int, *, again: bool = False) -> Iterator[Proxy]:
    """One that is cut once and for all, or, with `again`, lets later connections through."""
    running = Proxy(port, budget, again=again)
    try:
        yield running
    finally:
        running.close()


def _end(each: socket.socket) -> None:
    with suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
    each.close()
