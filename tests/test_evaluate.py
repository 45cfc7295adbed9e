"""The bench of judges: verdicts, errors that hide nothing, needs, owners, exceptions, and what was asked."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from bartizan.checks.check import CannotTell, Check, Context, Fault
from bartizan.evaluate import Judge, evaluate, settle
from bartizan.lookups import Inventory
from bartizan.model.exception import ExceptionDocument, ExceptionEntry, ExceptionMetadata, ExceptionSpec, Target
from bartizan.model.exception import SubjectMatch as Match
from bartizan.model.finding import Finding
from bartizan.model.owner import Owners
from bartizan.model.resource import GroupKind
from bartizan.model.result import Evaluation, Read
from bartizan.model.review import Review
from tests.harness import TODAY, container, pod, resource, run

PRIVILEGED = {"securityContext": {"privileged": True}}


def privileged(item: Any, _context: Context) -> Iterable[Fault]:
    """Privileged containers."""
    if item.security.get("privileged"):
        yield Fault((*item.path, "securityContext", "privileged"), "privileged")


def check(name: str = "tested", judges: Any = "container", find: Any = privileged, **more: Any) -> Check:
    """A check for one test."""
    return Check(id=name, judges=judges, severity="low", find=find, documentation="Tested.\n", **more)


def verdicts(evaluation: Evaluation) -> list[tuple[str, str, str]]:
    """Object, verdict and reason of each result."""
    return [(result.subject.name, result.verdict, result.reason) for result in evaluation.results]


def paths(findings: Iterable[Finding]) -> list[str]:
    """Where findings stand, by name."""
    return [finding.keyed_path for finding in findings]


def judged(judges: list[Check], *objects: dict[str, Any], **options: Any) -> Evaluation:
    """Several checks over some objects that know their owners."""
    resources = [resource(raw, file=f"{index}.yaml") for index, raw in enumerate(objects)]
    owners = Owners(resources)
    reviews = [Review(item, owner=owners.top(item)) for item in resources]
    return evaluate([Judge(item, None) for item in judges], reviews, Inventory(resources), TODAY, **options)


def test_a_pass_is_counted_and_kept_where_it_is_asked_for() -> None:
    evaluation = run(check(), pod())
    assert (evaluation.results, evaluation.findings, evaluation.evaluated) == ((), (), 1)
    assert evaluation.tally == {"tested": {"pass": 1, "fail": 0, "warn": 0, "skip": 0, "error": 0}}
    assert verdicts(run(check(), pod(), keep_passes=True)) == [("web", "pass", "")]


def test_each_container_is_judged() -> None:
    evaluation = run(
        check(),
        pod(None, container(name="a", **PRIVILEGED), container(name="b"), container(name="c", **PRIVILEGED)),
    )
    assert sorted(paths(evaluation.findings)) == [
        f"spec.containers[{name}].securityContext.privileged" for name in "ac"
    ]
    assert {finding.subject.container for finding in evaluation.findings} == {"a", "c"}
    assert verdicts(evaluation) == [("web", "fail", "")]


def test_a_finding_says_what_stands_there_unless_it_is_secret() -> None:
    def find(item: Any, _context: Context) -> Iterable[Fault]:
        yield Fault((*item.path, "image"), "plain")
        yield Fault((*item.path, "image"), "secret", evidence="s", secret=True)
        yield Fault(item.path, "a mapping", evidence="m")

    told = {finding.message: finding.value for finding in run(check(find=find), pod()).findings}
    assert told == {"plain": "registry.example/app:1", "secret": None, "a mapping": None}


@pytest.mark.parametrize(
    ("judges", "kinds", "seen"),
    [
        ("container", (), ["app"]),
        ("pod", (), ["spec"]),
        ("object", (), ["web", "settings"]),
        ("object", (GroupKind("", "ConfigMap"),), ["settings"]),
        ("object", (GroupKind("apps", "ConfigMap"),), []),
        ("exception", (), []),
        ("change", (), []),
    ],
)
def test_a_check_sees_what_it_judges(judges: str, kinds: tuple[GroupKind, ...], seen: list[str]) -> None:
    asked: list[str] = []

    def find(item: Any, _context: Context) -> Iterable[Fault]:
        asked.append(str(item.spec_path[0] if judges == "pod" else item.name))
        return ()

    run(
        check(judges=judges, kinds=kinds, find=find),
        pod(),
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings"}},
    )
    assert asked == seen


def _crash(item: Any, _context: Context) -> Iterable[Fault]:
    if item.name == "bad":
        raise KeyError(item.raw["image"])
    yield Fault(item.path, "found")


def test_a_crash_is_an_error_that_hides_nothing() -> None:
    """Neither the other containers, nor the other checks, nor the other objects."""
    objects = [
        pod(None, container(name="a"), container(name="bad"), container(name="c", **PRIVILEGED)),
        pod(name="other"),
    ]
    evaluation = judged([check("crashes", find=_crash), check("works")], *objects)
    assert verdicts(evaluation) == [("web", "error", "check-crashed"), ("web", "fail", ""), ("other", "fail", "")]
    told = sorted((finding.check, finding.subject.container) for finding in evaluation.findings)
    assert told == [("crashes", "a"), ("crashes", "app"), ("crashes", "c"), ("works", "c")]
    assert (evaluation.evaluated, evaluation.erred) == (1, {"0.yaml": 1})
    assert evaluation.tally["crashes"] == {"pass": 0, "fail": 1, "warn": 0, "skip": 0, "error": 1}
    ((code, message),) = [(unknown.code, unknown.message) for unknown in evaluation.unknowns]
    assert code == "check-crashed"
    assert message.startswith(f"crashes: KeyError in {__name__}:")
    assert "registry.example" not in message


@pytest.mark.parametrize("error", [RecursionError, MemoryError, AssertionError, UnicodeDecodeError, StopIteration])
def test_every_kind_of_crash_is_one(error: type[Exception]) -> None:
    def find(_item: Any, _context: Context) -> Iterable[Fault]:
        raise error(*(("utf-8", b"\xff", 0, 1, "x") if error is UnicodeDecodeError else ()))

    assert verdicts(run(check(find=find), pod())) == [("web", "error", "check-crashed")]


def test_somebody_who_interrupts_is_obeyed() -> None:
    def find(_item: Any, _context: Context) -> Iterable[Fault]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(check(find=find), pod())


def test_an_ill_typed_field_is_one_unknown_and_an_error_of_those_that_need_it() -> None:
    def image(item: Any, _context: Context) -> Iterable[Fault]:
        return [Fault(item.path, "latest")] if item.raw.get("image") == "latest" else []

    bad = pod(None, container(name="a", securityContext={"privileged": "yes"}), container(name="b", **PRIVILEGED))
    evaluation = judged([check("one"), check("two"), check("image", find=image)], bad)
    assert verdicts(evaluation) == [("web", "error", "ill-typed-field")] * 2
    assert [unknown.code for unknown in evaluation.unknowns] == ["ill-typed-field"]
    assert (
        "`spec.containers[0].securityContext.privileged` should be true or false" in evaluation.unknowns[0].message
    )
    assert {finding.subject.container for finding in evaluation.findings} == {"b"}
    assert evaluation.evaluated == 0


def test_an_ill_typed_field_that_nobody_needs_is_told_all_the_same() -> None:
    evaluation = run(check(), pod({"nodeName": 5}))
    assert [unknown.code for unknown in evaluation.unknowns] == ["ill-typed-field"]
    assert evaluation.evaluated == 1


def test_a_need_that_is_never_supplied_is_a_skip() -> None:
    evaluation = run(check(needs=("inventory", "user")), pod(None, container(**PRIVILEGED)))
    assert verdicts(evaluation) == [("web", "skip", "not-evaluable-here")]
    assert evaluation.results[0].message == "needs user"
    assert (evaluation.evaluated, evaluation.unknowns, evaluation.findings) == (1, (), ())


@pytest.mark.parametrize(
    ("reason", "verdict", "unknowns"),
    [("not-evaluable-here", "skip", []), ("lookup-failed", "error", ["lookup-failed"])],
)
def test_a_check_may_say_that_it_cannot_tell(reason: Any, verdict: str, unknowns: list[str]) -> None:
    """What it found beside it is kept."""

    def find(item: Any, _context: Context) -> Iterable[Fault]:
        yield Fault(item.path, "found")
        raise CannotTell("the account is not here", reason)

    evaluation = run(check(find=find), pod())
    assert verdicts(evaluation) == [("web", verdict, reason)]
    assert [unknown.code for unknown in evaluation.unknowns] == unknowns
    assert len(evaluation.findings) == 1


def test_an_error_weighs_more_than_a_skip() -> None:
    def find(item: Any, _context: Context) -> Iterable[Fault]:
        if item.name == "a":
            raise CannotTell("not here", "not-evaluable-here")
        raise ValueError

    assert verdicts(run(check(find=find), pod(None, container(name="a"), container(name="b")))) == [
        ("web", "error", "check-crashed")
    ]


def test_what_a_check_asks_is_noted_with_its_file() -> None:
    def find(_item: Any, context: Context) -> Iterable[Fault]:
        context.lookups.objects("", "Service", "shop")
        return ()

    evaluation = judged([check(find=find, needs=("inventory",))], pod(), pod(name="other"), keep_passes=True)
    asked = (Read("", "Service", "shop"),)
    assert [result.reads for result in evaluation.results] == [asked, asked]
    assert evaluation.reads == {"0.yaml": asked, "1.yaml": asked}


def test_a_rule_holds_from_its_version_on() -> None:
    def say(text: str) -> Any:
        return lambda item, _context: [Fault(item.path, text)]

    versioned = check(find=None, rules=((20, say("old")), (30, say("new"))))
    told = {
        minor: [f.message for f in run(versioned, pod(), minor=minor).findings] for minor in (19, 20, 29, 30, 99)
    }
    assert told == {19: [], 20: ["old"], 29: ["old"], 30: ["new"], 99: ["new"]}
    assert run(versioned, pod(), minor=19).tally == {}


def test_a_severity_of_the_run_replaces_every_other() -> None:
    def find(item: Any, _context: Context) -> Iterable[Fault]:
        yield Fault(item.path, "own")
        yield Fault(item.path, "other", evidence="x", severity="high")

    item = resource(pod())
    for severity, expected in ((None, ["low", "high"]), ("info", ["info", "info"])):
        evaluation = evaluate([Judge(check(find=find), None, severity)], [Review(item)], Inventory([item]), TODAY)  # type: ignore[arg-type] # names from a table
        assert sorted(f.severity for f in evaluation.findings) == sorted(expected)


def test_a_check_that_contains_another_tells_the_rest() -> None:
    """One mistake is one finding, though the standard asks for it twice."""

    def wider(item: Any, _context: Context) -> Iterable[Fault]:
        yield from privileged(item, _context)
        yield Fault((*item.path, "image"), "and this")

    both = [check("narrow"), check("wide", find=wider, overrides=("narrow",))]
    evaluation = judged(both, pod(None, container(**PRIVILEGED)))
    assert sorted((f.check, f.path[-1]) for f in evaluation.findings) == [
        ("narrow", "privileged"),
        ("wide", "image"),
    ]


def _owned(name: str, *containers: dict[str, Any], kind: str = "ReplicaSet", owner: str = "web") -> dict[str, Any]:
    reference = {"apiVersion": "apps/v1", "kind": kind, "name": owner, "controller": True}
    return pod(None, *containers, name=name, ownerReferences=[reference])


def test_what_a_controller_made_is_told_once_and_what_it_lacks_as_well() -> None:
    template = {"spec": {"containers": [container(**PRIVILEGED)]}}
    metadata = {"name": "web", "namespace": "shop"}
    owner = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": metadata, "spec": {"template": template}}
    injected = container(name="proxy", **PRIVILEGED)
    pods = [_owned(f"web-{index}", container(**PRIVILEGED), injected) for index in range(2)]
    evaluation = judged([check()], *pods, owner)
    told = [(f.location.file, f.subject.kind, f.subject.container) for f in evaluation.findings]
    assert told == [("0.yaml", "ReplicaSet", "proxy"), ("2.yaml", "ReplicaSet", "app")]
    assert paths(evaluation.findings)[0] == "spec.template.spec.containers[proxy].securityContext.privileged"
    assert evaluation.tally["tested"]["fail"] == 3


def test_equal_findings_are_counted_in_the_order_of_files() -> None:
    evaluation = judged([check()], *[pod(None, container(**PRIVILEGED))] * 3)
    assert [(f.location.file, f.occurrence) for f in evaluation.findings] == [(f"{i}.yaml", i) for i in range(3)]
    assert len({f.fingerprint for f in evaluation.findings}) == 1


def _exception(target: str = "tested", until: date = TODAY, **match: str) -> ExceptionEntry:
    spec = ExceptionSpec(
        target=Target(check=target), subjects=(Match(**match),), owner="platform", reason="legacy", until=until
    )
    document = ExceptionDocument("bartizan.dev/v1alpha1", "Exception", ExceptionMetadata(name="one"), spec)
    return ExceptionEntry(document, "x.yaml", 3)


def test_a_wholly_excepted_result_is_a_skip_with_its_findings() -> None:
    objects = [pod(None, container(name="a", **PRIVILEGED), container(name="b", **PRIVILEGED))]
    whole = judged([check()], *objects, exceptions=[_exception(name="web")])
    assert verdicts(whole) == [("web", "skip", "excepted")]
    assert [f.exception for f in whole.findings] == ["one", "one"]
    part = judged([check()], *objects, exceptions=[_exception(container="a")])
    assert verdicts(part) == [("web", "fail", "")]
    assert [f.exception for f in part.results[0].findings] == ["one", ""]


def _tell(use: Any, _context: Context) -> Iterable[Fault]:
    if not use.suppressed:
        yield Fault(("spec",), f"hides nothing ({use.matched}/{use.judged})")


def test_exceptions_are_judged_too() -> None:
    judges = [check(), check("gate", judges="exception", find=_tell)]
    bad = pod(None, container(**PRIVILEGED))
    told = judged(judges, bad, exceptions=[_exception(name="other")]).findings
    assert [(f.check, f.subject.kind, f.location.file, f.location.line) for f in told] == [
        ("tested", "Pod", "0.yaml", 0),
        ("gate", "Exception", "x.yaml", 3),
    ]
    assert told[1].message == "hides nothing (0/1)"
    assert judged(judges, bad, exceptions=[_exception(name="web")]).tally["gate"]["pass"] == 1


def test_an_exception_whose_check_did_not_run_is_left_alone() -> None:
    judges = [check(), check("gate", judges="exception", find=_tell)]
    assert judged(judges, pod(), exceptions=[_exception("another")]).findings == ()


def test_settling_again_gives_the_same() -> None:
    """A caller that kept findings from an earlier run may settle them on another day."""
    judges = [Judge(check(), None)]
    found = judged([check()], pod(None, container(**PRIVILEGED))).findings
    entry = _exception(name="web")
    assert [f.exception for f in settle(judges, found, [entry], TODAY).findings] == ["one"]
    assert [f.exception for f in settle(judges, found, [entry], date(2027, 1, 1)).findings] == [""]


def test_nothing_to_judge_is_no_result() -> None:
    evaluation = run(check())
    assert (evaluation.results, evaluation.evaluated) == ((), 0)
    assert evaluation.tally["tested"]["pass"] == 0


def test_progress_tells_how_many_reviews_are_done() -> None:
    """From the first one on, so that a slow start shows as well."""
    told: list[tuple[int, int]] = []
    reviews = [Review(resource(pod(name=f"web-{number}"))) for number in range(600)]
    evaluate([], reviews, Inventory(()), TODAY, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 600), (250, 600), (500, 600)]


def test_what_a_check_asks_without_saying_so_is_noted_all_the_same() -> None:
    """A verdict that is remembered holds as long as the answers do, whether or not the check declared its needs."""

    def find(_pod: Any, context: Context) -> Iterable[Fault]:
        context.lookups.objects("", "Service", "shop")
        return ()

    asking = Check(id="asks", judges="pod", severity="low", find=find)
    evaluation = run(asking, pod(), pod(name="other"))
    assert evaluation.reads == {"a.yaml": (Read("", "Service", "shop"),)}
