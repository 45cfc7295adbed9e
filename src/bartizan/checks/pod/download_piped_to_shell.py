"""Container runs what it has just downloaded.

`curl … | sh` runs whatever the server sends at that moment. Nobody has reviewed it, no scan of the image sees it, and it
may differ for every start and every caller. Whoever takes over the server, or the way to it, has the container.

**Looks at** `command` and `args` of every container, and at `exec` commands of probes and lifecycle hooks: a pipe from
`curl` or `wget` (or PowerShell's `Invoke-WebRequest`) into a shell or an interpreter, and downloads as `$(…)` or `<(…)`
that a shell runs. It weighs more where the download is not even secured: by `http://`, or without a check of the
certificate.

**Instead** put the program into the image, at a version that was looked at:

```dockerfile
ADD --checksum=sha256:… https://downloads.example/tool-2.14.3 /usr/local/bin/tool
```

**Misses** downloads that are saved first and run in a second step, and scripts inside the image.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import dropwhile, islice
from posixpath import basename

from bartizan.checks.check import Check, Context, Fault
from bartizan.checks.pod._commands import commands
from bartizan.model.workload import Container

_DOWNLOAD = re.compile(
    r"(?<![\w./-])(?:/[\w./-]*/)?(?:curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod)(?:\.exe)?(?![\w./-])",
    re.IGNORECASE,
)
_RUN_AS_COMMAND = re.compile(
    r"""(?:(?<![\w./-])(?:/[\w./-]*/)?(?:(?:ba|da|z|k|a)?sh(?:\s+-\w+)*|eval|source)|(?:^|[;&|\s])\.)\s+["']?"""
    r"""(?:\$\(|<\(|`)\s*(?:curl|wget)(?![\w-])|^\s*["']?\$\(\s*(?:curl|wget)(?![\w-])"""
)
_QUOTED = re.compile(r"""'[^'\n]*'|"[^"\n]*\"""")
_COMMANDS_APART = re.compile(r"\|\||&&|;|\n")
_UNSECURED = re.compile(r"http://|--insecure|--no-check-certificate")
_SHELLS = frozenset({"ash", "bash", "dash", "iex", "invoke-expression", "ksh", "sh", "zsh"})
_INTERPRETERS = frozenset({"node", "perl", "php", "python", "python2", "python3", "ruby"})
_HANDS_ON = frozenset({"env", "exec", "nohup", "sudo"})
_AROUND = "()[]{}\"'`&"


def _find(container: Container, _context: Context) -> Iterable[Fault]:
    for places, words in commands(container):
        for place, word in zip(places, words, strict=True):
            if ("|" in word or "$(" in word or "`" in word or "<(" in word) and _DOWNLOAD.search(word):
                line = _piped(word)
                if line:
                    yield _fault(container, (*container.path, *place), line)
                    break


def _fault(container: Container, path: tuple[str | int, ...], line: str) -> Fault:
    unsecured = _UNSECURED.search(line) is not None or ("curl" in line and any(map(_is_insecure, line.split())))
    return Fault(
        path,
        f"container `{container.name}` runs what it downloads{' without a secure connection' if unsecured else ''}, "
        "unseen by any review or scan: put the program into the image, at a version whose checksum is known",
        severity="high" if unsecured else None,
        secret=True,
    )


def _is_insecure(word: str) -> bool:
    """Whether it is `-k`, alone or among other letters: curl then takes any certificate."""
    return word.startswith("-") and "k" in word and word[1:].isalpha()


def _piped(script: str) -> str:
    """The line that runs a download; empty where there is none."""
    joined = script.replace("\\\n", " ")
    for line in _lines(joined):
        parts = dropwhile(lambda part: not _DOWNLOAD.search(part), line.split("|"))
        if any(map(_runs_input, islice(parts, 1, None))):
            return line
    return joined if _RUN_AS_COMMAND.search(joined) else ""


def _lines(script: str) -> Iterator[str]:
    """The script's pipelines. A quoted address may hold what separates commands, a quoted script may hold commands."""
    yield from _COMMANDS_APART.split(script)
    yield from _COMMANDS_APART.split(_QUOTED.sub(lambda found: re.sub(r"[|&;]", "_", found[0]), script))


def _runs_input(part: str) -> bool:
    """Whether a part of a pipeline is a shell or interpreter that runs what comes in."""
    words = iter(word.strip(_AROUND) for word in part.split())
    for word in words:
        name = basename(word).lower()
        if name in _SHELLS:
            return _reads_script(words, "c")
        if name in _INTERPRETERS:
            return _reads_script(words, "cemnpr")
        if name and name not in _HANDS_ON and not name.startswith("-") and "=" not in name:
            return False
    return False


def _reads_script(words: Iterator[str], takes_script: str) -> bool:
    """Whether none of the words names another script than the one that comes in."""
    for word in words:
        if word == "-" or word.startswith(("-s", ">")) or ">" in word:
            return True
        if not word.startswith("-"):
            return not word
        if not word.startswith("--") and not set(takes_script).isdisjoint(word):
            return False
        if word.endswith("o"):  # `-o pipefail`
            next(words, None)
    return True


check = Check(
    id="download-piped-to-shell",
    judges="container",
    severity="medium",
    find=_find,
    references=("https://slsa.dev/spec/v1.0/threats",),
)
