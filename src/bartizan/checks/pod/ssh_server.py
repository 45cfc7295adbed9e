"""Container runs an SSH server.

An SSH server is a second way into a pod: past the API server's authentication, its rights and its audit log, with keys
that nobody rotates and a shell at the end of it.

**Looks at** the words of `command` and `args` (`sshd`, `dropbear`), at the image's name (`sshd`, `openssh-server`) and
at `ports[*].containerPort`: 22, and 2222, which others use as well. One finding for each container.

**Instead** leave the server out. Who may look into a pod is a matter of the cluster's rights:

```sh
kubectl exec --stdin --tty web-0 -- sh
```

**Misses** servers that the image starts by itself on another port. A Service that leads to port 22 of a container which
does not name the port is not looked at.
"""

from collections.abc import Iterable

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._commands import commands, invoked, program
from bartizan.checks.pod._image import parse, written
from bartizan.model.finding import Confidence
from bartizan.model.path import Path
from bartizan.model.workload import Container

_SERVER = program("sshd", "dropbear", r"(?:service\s+|init\.d/)ssh(?=\s+(?:re)?start)")
_IMAGES = ("dropbear", "openssh-server", "sshd")
_PORTS: dict[int, Confidence] = {22: "medium", 2222: "low"}


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    return _command(container) or _image(container) or _port(container)


def _command(container: Container) -> tuple[Fault, ...]:
    for command in commands(container):
        suspect = any("ssh" in word or "dropbear" in word for word in command[1])
        place = invoked(command, _SERVER) if suspect else None
        if place is not None:
            return (_fault(container, place, f"`{'.'.join(map(str, place))}` starts it", "high"),)
    return ()


def _image(container: Container) -> tuple[Fault, ...]:
    image = written(container)
    if "ssh" in image or "dropbear" in image:
        name = parse(image).repository.rpartition("/")[2]
        if name in _IMAGES:
            return (_fault(container, ("image",), f"its image is `{image}`", "medium"),)
    return ()


def _port(container: Container) -> tuple[Fault, ...]:
    for index, port in enumerate(container.raw.get("ports", ())):
        confidence = _PORTS.get(port.get("containerPort", 0))
        if confidence:
            place = ("ports", index, "containerPort")
            return (_fault(container, place, f"it listens on port {port['containerPort']}", confidence),)
    return ()


def _fault(container: Container, place: Path, sign: str, confidence: Confidence) -> Fault:
    return Fault(
        (*container.path, *place),
        f"container `{container.name}` seems to run an SSH server: {sign}. Leave the server out, and use "
        "`kubectl exec`, which asks for rights and is logged",
        confidence=confidence,
        secret=place[0] not in ("image", "ports"),
    )


check = Check(
    id="ssh-server",
    judges="container",
    severity="medium",
    persona="strict",
    find=_find,
    references=("https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/",),
)
