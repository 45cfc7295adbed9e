"""`bartizan diff`: what a change does, judged by the rules of its base (law 6).

Both trees come out of git's object store. A file that is the same on both sides, and for which all look-ups
answer the same, cannot change a finding: it is neither read nor judged where the cache knows it. The outcome
is always that of two full scans.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from bartizan import evaluate as bench
from bartizan.app import judging
from bartizan.app.errors import UsageError
from bartizan.app.gate_rules import GateRules, base_and_head
from bartizan.app.judging import NOT_UNREAD, Progress, Rules, silent
from bartizan.app.library import Library
from bartizan.app.listing import ignore_rules, listing
from bartizan.app.outcome import closed
from bartizan.app.records import Verdict
from bartizan.app.relaxations import relaxation_findings
from bartizan.app.revisions import Range, resolve
from bartizan.app.scan import Flags, gate
from bartizan.app.side import Side
from bartizan.changes import Blind, compare
from bartizan.model.finding import Change, Finding
from bartizan.model.relaxation import Relaxation
from bartizan.model.report import Coverage, Report
from bartizan.model.result import Result
from bartizan.model.unknown import Unknown
from bartizan.sources import git
from bartizan.sources.manifests import FileReading
from bartizan.sources.rendering import charts
from bartizan.sources.touched import touched
from bartizan.store.cache import Cache, NoCache


class DiffFlags(msgspec.Struct, frozen=True, kw_only=True):
    """What only a diff is asked."""

    trust_head_config: bool = False
    keep_unchanged: bool = False


def diff(
    text: str,
    flags: Flags,
    own: DiffFlags,
    at: date,
    *,
    cwd: Path,
    cache: Cache | None = None,
    progress: Progress = silent,
) -> Report:
    """Compare two trees of the repository that holds `cwd`.

    Args:
        text: `A..B`, `A...B` or `A`, as `bartizan.app.revisions` explains.
        cache: Remembers files that were read and judged.

    Raises:
        UsageError: there is no repository, no such commit, or nothing can be judged as asked.
    """
    root = git.top(cwd)
    if root is None:
        raise UsageError(f"`{cwd}` lies in no git repository: use `--baseline FILE` to compare with a report")
    try:
        return _diff(root, resolve(root, text), flags, own, at, cwd, cache or NoCache(), progress)
    except git.GitError as error:
        raise UsageError(f"git: {error}") from error


def _diff(
    root: Path,
    revisions: Range,
    flags: Flags,
    own: DiffFlags,
    at: date,
    cwd: Path,
    cache: Cache,
    progress: Progress,
) -> Report:
    trees = git.tree(root, revisions.base), _head_tree(root, revisions)
    rules = base_and_head(root, trees, flags, at, cwd=cwd, trust_head=own.trust_head_config)
    progress("reading", 0, 0)
    library = Library(root, cache, rules.judging.rules, flags.namespace, render=flags.render)
    ignored = ignore_rules(root, trees[rules.trusted], rules.judging.exclude, rules.judging.exclude_from)
    base, head = (Side(listing(root, tree, ignored), library, rules.judging.rules) for tree in trees)
    progress("judging", 0, 0)
    comparison = _Comparison(base, head, keep_unchanged=own.keep_unchanged)
    report = _report(comparison, rules, revisions, root)
    return closed(report, gate(rules.judging.rules, flags))


def _head_tree(root: Path, revisions: Range) -> git.Tree:
    return git.work_tree(root) if revisions.head is None else git.tree(root, revisions.head)


class _Comparison:
    """Which files matter, and what each side says of them."""

    def __init__(self, base: Side, head: Side, *, keep_unchanged: bool) -> None:
        self.base, self.head = base, head
        self.keep_unchanged = keep_unchanged
        self.base_verdicts = base.verdicts(list(base.listing.files))
        # The answers were the base's own: where the head answers the same, it judges the same.
        self.alike = {
            file for file in base.listing.files if self._same(file) and head.holds(file, self.base_verdicts[file])
        }
        self.head_verdicts = head.verdicts([file for file in head.listing.files if file not in self.alike])

    def _same(self, file: str) -> bool:
        """Whether a file has the same content in the same role on both sides."""
        return file in self.head.listing.files and self.base.key(file) == self.head.key(file)

    def findings(self, rules: Rules) -> tuple[list[Finding], int]:
        """Every finding that is told, with its change, and how many more are unchanged."""
        asked = self._asked(everything=bool(rules.exceptions) or self.keep_unchanged)
        kept = [finding for file in asked for finding in self.base_verdicts[file].findings_in(file)]
        told = compare(
            _settled([*kept, *self._changed(self.base_verdicts)], rules),
            _settled([*kept, *self._changed(self.head_verdicts)], rules),
            base_blind=self._blind(self.base, self.base_verdicts, self.head),
            head_blind=self._blind(self.head, self.head_verdicts, self.base),
        )
        counted = sum(self.base_verdicts[file].count for file in self.alike.difference(asked))
        unchanged = counted + sum(finding.change == "unchanged" for finding in told)
        return [f for f in told if f.change != "unchanged" or self.keep_unchanged], unchanged

    def _asked(self, *, everything: bool) -> list[str]:
        """The unchanged files whose findings have to be counted one by one: exceptions, or others like them."""
        if everything:
            return sorted(self.alike)
        both = (self.base_verdicts, self.head_verdicts)
        kinds = {
            kind
            for verdicts in both
            for file, verdict in verdicts.items()
            if file not in self.alike
            for kind in verdict.kinds
        }
        return sorted(file for file in self.alike if not kinds.isdisjoint(self.base_verdicts[file].kinds))

    def _changed(self, verdicts: dict[str, Verdict]) -> list[Finding]:
        files = (file for file in verdicts if file not in self.alike)
        return [finding for file in files for finding in verdicts[file].findings_in(file)]

    def _blind(self, side: Side, verdicts: dict[str, Verdict], other: Side) -> Blind:
        changed = {file: verdict for file, verdict in verdicts.items() if file not in self.alike}
        unread = {
            file
            for file, verdict in changed.items()
            if any(unknown.code not in NOT_UNREAD for unknown in verdict.unknowns)
        }
        erred = frozenset(
            (result.judge, result.subject, file)
            for file, verdict in changed.items()
            for result in verdict.results
            if result.verdict == "error"
        )
        unread.update(side.listing.unknowns, side.hidden(other))
        unread.update(reading.file for reading in charts(side.roles) if reading.unknowns)
        return Blind(frozenset(unread), erred)

    def unknowns(self) -> list[Unknown]:
        """What of the change could not be read or judged in the head."""
        told = [u for file, verdict in self.head_verdicts.items() for u in verdict.unknowns_in(file)]
        before = self.base.listing.unknowns
        told += [u for name, (oid, u) in self.head.listing.unknowns.items() if before.get(name, ("",))[0] != oid]
        return told + self._unrendered()

    def _unrendered(self) -> list[Unknown]:
        """Charts and kustomizations that the change touches: what they make now is not known."""
        changed = self._changed_names()
        told: list[Unknown] = []
        before = {unknown for reading in charts(self.base.roles) for unknown in reading.unknowns}
        for reading in charts(self.head.roles):
            folder = reading.file.removesuffix("Chart.yaml")
            if any(file.startswith(folder) for file in changed):
                told += reading.unknowns
            told += [unknown for unknown in reading.unknowns if unknown not in before]
        for stub in self._touched_kustomizations(changed):
            made = self.head.roles.told(stub)
            if made is not None and stub.file in self.alike:
                told += made.unknowns
        return told

    def _changed_names(self) -> set[str]:
        """Everything that is not the same on both sides: a chart or kustomization takes in files of any kind."""
        base, head = self.base.listing.tree, self.head.listing.tree
        changed = {
            name
            for name in base.keys() | head.keys()
            if name not in base or name not in head or base[name].oid != head[name].oid
        }
        return changed.union(file for file in self.base.listing.files if not self._same(file))

    def _touched_kustomizations(self, changed: set[str]) -> list[FileReading]:
        """Those that make something of a changed file, be it by way of other kustomizations."""
        left = [stub for stub in self.head.stubs if stub.kustomization and self.head.roles.judged(stub.file)]
        found: list[FileReading] = []
        while more := [stub for stub in left if touched(stub, changed)]:
            found += more
            left = [stub for stub in left if stub not in more]
            changed = changed.union(stub.file for stub in more)
        return found

    def results(self) -> tuple[Result, ...]:
        """Errors and skips of the files that matter."""
        files = sorted(self.head_verdicts)
        return tuple(result for file in files for result in self.head_verdicts[file].results_in(file))

    def claims(self) -> Iterator[Relaxation]:
        """Objects that newly name an object of the head as their controller: theirs is told as the owner's."""
        before = Counter(owner for fact in self.base.facts.values() for owner in fact.controllers)
        for file, fact in sorted(self.head.facts.items()):
            for owner in fact.controllers:
                before[owner] -= 1
                if before[owner] < 0 and self.head.holds_object(owner):
                    name = f"{owner.kind} {owner.namespace}/{owner.name}"
                    message = f"an object of the change says that {name} made it, so what both have is told once"
                    yield Relaxation("owner-claimed", f"{file} {name}", file, 1, message)

    def coverage(self) -> Coverage:
        """Of the whole head."""
        verdicts = self.head_verdicts | {file: self.base_verdicts[file] for file in self.alike}
        objects = sum(len(fact.objects) for fact in self.head.facts.values())
        unread = sum(u.code not in NOT_UNREAD for verdict in verdicts.values() for u in verdict.unknowns)
        unread += len(self.head.listing.unknowns)
        unread += sum(len(reading.unknowns) for reading in charts(self.head.roles))
        counts = self.head.counts()
        return Coverage(
            files=self.head.files,
            objects=objects,
            evaluated=sum(verdict.evaluated for verdict in verdicts.values()),
            in_scope=objects + unread,
            folded=self.head.objects_made(),
            not_objects={name: counts[name] for name in sorted(counts)},
        )


def _settled(findings: list[Finding], rules: Rules) -> tuple[Finding, ...]:
    settled = bench.settle(rules.judges, findings, rules.exceptions, rules.at, minor=rules.selection.minor)
    return settled.findings


def _report(comparison: _Comparison, rules: GateRules, revisions: Range, root: Path) -> Report:
    findings, unchanged = comparison.findings(rules.judging.rules)
    relaxed = relaxation_findings(rules, comparison.claims())
    changes: Counter[Change] = Counter(
        f.change for f in (*findings, *relaxed) if f.change and f.change != "unchanged"
    )
    changes["unchanged"] = unchanged
    return Report(
        header=rules.judging.rules.header("diff", (root.name,), base=revisions.base, head=revisions.head or ""),
        coverage=comparison.coverage(),
        rules=judging.told_rules(rules.judging.rules.judges),
        findings=judging.ranked((*findings, *relaxed)),
        unknowns=tuple(sorted({*comparison.unknowns(), *rules.unknowns})),
        results=comparison.results(),
        tally={},
        changes=dict(sorted(changes.items())),
    )
