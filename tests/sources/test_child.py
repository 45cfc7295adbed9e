"""A confined child: each limit holds against a program that ignores it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from bartizan.sources import confined
from bartizan.sources.child import Child, Ended, Limits, run

QUICK = Limits(seconds=5, memory=1 << 30, output=1 << 20)
ALIVE = 0.5


def python(code: str, folder: Path, limits: Limits = QUICK) -> Ended:
    """What a program of Python tells, confined."""
    return run([sys.executable, "-I", "-S", "-c", code], folder, limits)


def test_it_tells_what_it_prints(tmp_path: Path) -> None:
    assert python("print('hello')", tmp_path) == Ended(b"hello\n")


def test_it_ends_with_what_it_says_of_a_failure(tmp_path: Path) -> None:
    ended = python("import sys; sys.exit('it is broken')", tmp_path)
    assert (ended.output, ended.errors, ended.problem) == (b"", b"it is broken\n", "it ended with status 1")


def test_it_is_given_nothing_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUBECONFIG", "/srv/kube/config")
    monkeypatch.setenv("HELM_PLUGINS", "/srv/plugins")
    told = python("import os; print(sorted(os.environ), os.environ['HOME'], os.environ['PATH'])", tmp_path)
    names = "'HOME', 'HTTPS_PROXY', 'HTTP_PROXY', 'LC_ALL', 'PATH', 'TMPDIR', 'http_proxy', 'https_proxy'"
    assert told.output.decode() == f"[{names}] {tmp_path} \n"


def test_an_endless_one_is_stopped(tmp_path: Path) -> None:
    start = time.monotonic()
    ended = python("while True: pass", tmp_path, Limits(seconds=ALIVE))
    assert ended.problem == "it took more than 0.5 seconds"
    assert time.monotonic() - start < 10 * ALIVE


def test_one_that_only_sleeps_is_stopped(tmp_path: Path) -> None:
    """It uses no processor, and has closed what is read of it."""
    code = "import os, time; os.close(1); os.close(2); time.sleep(600)"
    start = time.monotonic()
    assert python(code, tmp_path, Limits(seconds=ALIVE)).problem == "it ended with status -9"
    assert time.monotonic() - start < 10 * ALIVE


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts addresses so that Go can live with it")
def test_memory_has_a_bound(tmp_path: Path) -> None:
    assert python("x = bytearray(2 << 30)", tmp_path).problem == "it needed more than 1024 MiB of memory"


def test_output_has_a_bound(tmp_path: Path) -> None:
    ended = python("while True: print('x' * 1000)", tmp_path)
    assert (ended.output, ended.problem) == (b"", "it made more than 1 MiB")


def test_errors_are_read_to_a_bound(tmp_path: Path) -> None:
    code = "import sys\nfor _ in range(10000): print('x' * 1000, file=sys.stderr)"
    ended = python(code, tmp_path)
    assert (len(ended.errors), ended.problem) == (64 * 1024, "")


def test_processor_time_has_a_bound(tmp_path: Path) -> None:
    ended = python("while True: pass", tmp_path, Limits(seconds=20, cpu=1))
    assert "1 seconds of a processor" in ended.problem or ended.problem == "it ended with status -9"


def test_files_that_it_writes_have_a_bound(tmp_path: Path) -> None:
    code = "f = open('big', 'wb')\nfor _ in range(100): f.write(b'x' * 100000); f.flush()"
    ended = python(code, tmp_path, Limits(seconds=5, file=1 << 20))
    assert ended.problem
    assert (tmp_path / "big").stat().st_size <= 1 << 20


@pytest.mark.skipif(sys.platform != "linux", reason="other kernels take no network away")
@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "import socket; socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)",
        "import socket; socket.socketpair()",
        "import ctypes, os\nif ctypes.CDLL(None, use_errno=True).syscall(425, 8, 0) < 0: raise PermissionError(1)",
        "import os\nif os.fork() == 0:\n    import socket; socket.socket()\nelse:\n    os._exit(os.waitpid(-1, 0)[1] >> 8)",
    ],
)
def test_there_is_no_network(code: str, tmp_path: Path) -> None:
    """Not for it, and not for what it starts. A socket of a file would reach the programs of this machine."""
    ended = python(code, tmp_path)
    assert (ended.problem, b"PermissionError" in ended.errors) == ("it ended with status 1", True)


def test_what_it_starts_ends_with_it(tmp_path: Path) -> None:
    code = "import os, time\nif os.fork() == 0:\n    os.close(1); os.close(2); time.sleep(600)\nprint(os.getpid())"
    ended = python(code, tmp_path)
    assert ended.problem == ""
    assert not _group_lives(int(ended.output))


def test_stopping_one_ends_what_it_has_started(tmp_path: Path) -> None:
    code = "import os, time\nos.fork()\nprint(os.getpgid(0), flush=True)\ntime.sleep(600)"
    child = Child([sys.executable, "-I", "-S", "-c", code], tmp_path, QUICK)
    group = int(child.ask(b"").output.splitlines()[0])
    child.stop()
    assert not _group_lives(group)


def _group_lives(group: int) -> bool:
    """Whether any process of a group is left; those that nobody has waited for do not count."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        if all(state == "Z" for state in _states(group)):
            return False
        time.sleep(0.02)
    return True


def _states(group: int) -> list[str]:
    states = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            states.append(fields[0])
    return states


@pytest.mark.skipif(sys.platform != "linux", reason="other kernels tell a child nothing of its parent")
def test_it_ends_when_we_are_killed(tmp_path: Path) -> None:
    ours = (
        "import sys, time; from pathlib import Path; from bartizan.sources.child import Child, Limits\n"
        "code = 'import os, time; print(os.getpid(), flush=True); time.sleep(600)'\n"
        "child = Child([sys.executable, '-I', '-S', '-c', code], Path.cwd(), Limits())\n"
        "print(child.ask(b'').output.decode(), flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", ours], cwd=tmp_path, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        group = int(process.stdout.readline())
        process.kill()
    assert not _group_lives(group)


def test_a_conversation_goes_on_until_nobody_asks(tmp_path: Path) -> None:
    code = "import sys\nfor line in sys.stdin: print(line.strip()[::-1], flush=True)"
    child = Child([sys.executable, "-I", "-S", "-c", code], tmp_path, QUICK)
    assert [child.ask(word).output for word in (b"abc", b"def")] == [b"cba\n", b"fed\n"]
    child.stop()


def test_one_that_dies_while_it_is_asked_says_so(tmp_path: Path) -> None:
    child = Child([sys.executable, "-I", "-S", "-c", "import sys; sys.exit(3)"], tmp_path, QUICK)
    assert child.ask(b"x" * 1_000_000).problem == "it ended with status 3"
    child.stop()


OTHER_MACHINE = """
import socket, sys
from bartizan.sources import confined
confined._filter = lambda machine: []
way = confined.cut_off()
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1)
except OSError:
    print(way, "closed")
else:
    print(way, "open")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other kernels take no network away")
def test_where_calls_cannot_be_filtered_there_is_a_network_with_nothing_in_it() -> None:
    """If the kernel grants one."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = [sys.executable, "-c", OTHER_MACHINE, str(server.getsockname()[1])]
        told = subprocess.run(code, capture_output=True, text=True, check=True).stdout.split()
    if told == ["open"]:
        pytest.skip("this kernel grants no network namespace")
    assert told == ["namespace", "closed"]


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_refuses_sockets_and_nothing_else(machine: str) -> None:
    """Run here, instruction by instruction, as the kernel does."""
    name, *refused = confined._MACHINES[machine]
    listed = confined._filter(machine)
    assert {number for number in range(600) if _verdict(listed, name, number) != confined._ALLOW} == {
        *refused,
        425,
    }
    assert {_verdict(listed, name, number) for number in refused} == {confined._REFUSE}
    assert _verdict(listed, name, 41 | 0x40000000) == confined._REFUSE
    assert _verdict(listed, 0x40000003, 0) == confined._KILL


def _verdict(listed: Sequence[confined._Instruction], machine: int, number: int) -> int:
    at, loaded = 0, 0
    while True:
        step = listed[at]
        if step.code == confined._RETURN:
            return int(step.value)
        if step.code == confined._LOAD:
            loaded, jump = (machine if step.value == confined._ARCHITECTURE else number), 0
        elif step.code == confined._IS:
            jump = step.yes if loaded == step.value else step.no
        else:
            jump = step.yes if loaded >= step.value else step.no
        at += 1 + jump


def test_no_filter_is_made_up_for_another_machine() -> None:
    assert confined._filter("riscv64") == []


def test_where_nobody_can_wait_without_reaping_an_end_is_seen_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "waitid")
    assert python("print('hello')", tmp_path) == Ended(b"hello\n")
    assert python("import sys; sys.exit(3)", tmp_path).problem == "it ended with status 3"
