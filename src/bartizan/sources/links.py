"""Where the symbolic links of a git tree lead, told by the tree alone: nothing is asked of the disk."""

from pathlib import Path

from bartizan.sources.git import LINK, Tree, contents

_MOST_HOPS = 40
"""As Linux follows links."""


class Links:
    """The symbolic links of one tree."""

    def __init__(self, root: Path, tree: Tree) -> None:
        listed = [(name, entry) for name, entry in tree.items() if entry.mode == LINK]
        self._targets = {
            name: (data or b"").decode("utf-8", "surrogateescape") for name, data in contents(root, listed)
        }

    def place(self, name: str) -> str | None:
        """What a name stands for when every link on its way is followed; None outside the tree.

        For links that lead round in a circle that is a name which no file can have.
        """
        ahead, behind, hops = name.split("/")[::-1], list[str](), 0
        while ahead:
            part = ahead.pop()
            if part == "..":
                if not behind:
                    return None
                behind.pop()
            elif part not in ("", "."):
                behind.append(part)
                target = self._targets.get("/".join(behind))
                if target is not None:
                    hops += 1
                    if target.startswith("/"):
                        return None
                    if hops > _MOST_HOPS:
                        return "\0"
                    behind.pop()
                    ahead += target.split("/")[::-1]
        return "/".join(behind)
