"""missing-cpu-limit: it may take all CPU that is left."""

from bartizan.checks.pod.missing_cpu_limit import check
from bartizan.checks.pod.missing_memory_limit import Params
from bartizan.checks.pod.missing_memory_limit import check as missing_memory_limit
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.review import Review
from tests.checks.cases import Cases
from tests.harness import TODAY, container, judge, pod, resource

CASES = Cases(
    passes=[{"resources": {"limits": {"cpu": "100m"}}}],
    fails=[{"resources": {"requests": {"cpu": "100m"}}}, {"resources": {"limits": {"cpu": "0"}}}],
    absent={},
    absent_fails=True,
    ill_typed=[{"resources": {"limits": "100m"}}, {"resources": []}],
)


def test_each_container_that_can_have_one_is_found() -> None:
    spec = {
        "initContainers": [container(name="first"), container(name="beside", restartPolicy="Always")],
        "ephemeralContainers": [container(name="debug")],
    }
    found = judge(check, pod(spec))
    assert {f.subject.container for f in found} == {"first", "beside", "app"}
    assert all(f.path[-3:] == ("resources", "limits", "cpu") for f in found)
    assert all("`resources.limits.cpu`" in f.message for f in found)
    assert {f.persona for f in found} == {"audit"}


def test_what_the_whole_pod_has_counts_from_1_34_on() -> None:
    raw = pod({"resources": {"limits": {"cpu": "100m"}}})
    assert judge(check, raw) == []
    assert len(judge(check, raw, minor=33)) == 1


def test_it_is_told_once_where_the_check_of_memory_asks_for_it_too() -> None:
    read = resource(pod())
    judges = [Judge(missing_memory_limit, Params(resources=("cpu",))), Judge(check, check.params())]
    (finding,) = evaluate(judges, [Review(read)], Inventory([read]), TODAY).findings
    assert finding.check == "missing-memory-limit"
