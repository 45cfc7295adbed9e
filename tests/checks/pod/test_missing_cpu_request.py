"""missing-cpu-request: nothing is reserved, so it gets what others leave."""

from bartizan.checks.pod.missing_cpu_request import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod

CASES = Cases(
    passes=[{"resources": {"requests": {"cpu": "100m"}}}, {"resources": {"limits": {"cpu": "100m"}}}],
    fails=[
        {"resources": {"requests": {"cpu": 0}, "limits": {"cpu": "100m"}}},
        {"resources": {"requests": {"cpu": "0m"}}},
        {"resources": {"limits": {"hugepages-2Mi": "2Mi"}}},
    ],
    absent={},
    absent_fails=True,
    ill_typed=[
        {"resources": {"requests": "100m"}},
        {"resources": []},
        {"resources": {"requests": {"cpu": "much"}}},
    ],
)


def test_each_container_that_can_have_one_is_found() -> None:
    spec = {
        "initContainers": [container(name="first"), container(name="beside", restartPolicy="Always")],
        "ephemeralContainers": [container(name="debug")],
    }
    found = judge(check, pod(spec))
    assert {f.subject.container for f in found} == {"first", "beside", "app"}
    assert all(f.path[-3:] == ("resources", "requests", "cpu") for f in found)
    assert all("`resources.requests.cpu`" in f.message for f in found)
    assert {f.persona for f in found} == {"audit"}


def test_what_the_whole_pod_has_counts_from_1_34_on() -> None:
    raw = pod({"resources": {"requests": {"cpu": "100m"}}})
    assert judge(check, raw) == []
    assert len(judge(check, raw, minor=33)) == 1


def test_a_limit_of_the_whole_pod_is_its_request_as_well() -> None:
    assert judge(check, pod({"resources": {"limits": {"cpu": "100m"}}})) == []
