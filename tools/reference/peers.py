"""What other scanners report and we answer, or decline and why: `peers.toml` as a page."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from bartizan.checks.check import Check

FILE = Path(__file__).with_name("peers.toml")


class Peer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One scanner of manifests."""

    title: str
    home: str
    """Where it describes its checks."""
    answered: dict[str, tuple[str, ...]]
    """Its check, and ours that answer it."""
    declined: dict[str, str]
    """Its check, and why we have none."""

    def ours(self, theirs: str) -> tuple[str, ...]:
        """Our checks that answer one of its own."""
        return self.answered.get(theirs, ())


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reasons: dict[str, str]
    peers: dict[str, Peer]


def peers(file: Path = FILE) -> dict[str, Peer]:
    """Every peer by name, with the words of its reasons."""
    read = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _File)
    return {
        name: msgspec.structs.replace(
            peer, declined={theirs: read.reasons.get(why, why) for theirs, why in peer.declined.items()}
        )
        for name, peer in read.peers.items()
    }


def peers_page(checks: Mapping[str, Check]) -> str:
    """The page: what we have beside each of theirs, what we decline, and what only we have."""
    known = peers()
    lines = [
        "# Other scanners' checks, and ours",
        "",
        "Which of our checks answers what another scanner of manifests reports, and what we decline to report.",
        "Two checks that answer each other need not agree on every object: each page tells what ours looks at.",
        "Control planes and nodes are left to benchmarks.",
    ]
    for peer in known.values():
        lines += ["", f"## {peer.title}", "", f"Its own description: <{peer.home}>.", ""]
        lines += ["| Theirs | Ours |", "|---|---|"]
        lines += [f"| `{theirs}` | {_linked(ours)} |" for theirs, ours in sorted(peer.answered.items())]
        lines += ["", "Declined:", "", "| Theirs | Why |", "|---|---|"]
        lines += [f"| `{theirs}` | {why} |" for theirs, why in sorted(peer.declined.items())]
    answered = {ours for peer in known.values() for names in peer.answered.values() for ours in names}
    own = sorted(check.id for check in checks.values() if check.id not in answered and check.judges in _OF_OBJECTS)
    lines += ["", "## Checks of ours that answer none of these", "", _linked(tuple(own)) + "."]
    return "\n".join(lines)


_OF_OBJECTS = ("container", "pod", "object")


def _linked(ids: tuple[str, ...]) -> str:
    return ", ".join(f"[{name}](checks/{name}.md)" for name in ids)
