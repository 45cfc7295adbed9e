"""unbounded-empty-dir: a temporary volume that grows."""

from typing import Any

import pytest

from bartizan.checks.pod.unbounded_empty_dir import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod

CASES = Cases(
    passes=[
        {"volumes": [{"name": "a", "emptyDir": {"sizeLimit": "1Gi"}}]},
        {"volumes": [{"name": "a", "configMap": {"name": "a"}}]},
    ],
    fails=[
        {"volumes": [{"name": "a", "emptyDir": {}}]},
        {"volumes": [{"name": "a", "emptyDir": {"medium": "Memory"}}]},
    ],
    absent={},
    absent_fails=False,
    ill_typed=[
        {"volumes": [{"name": "a", "emptyDir": "1Gi"}]},
        {"volumes": [{"name": "a", "emptyDir": {"medium": 1}}]},
    ],
)


def volume(source: Any, *containers: dict[str, Any]) -> dict[str, Any]:
    return pod({"volumes": [{"name": "a", **source}]}, *containers)


def limited(**limits: Any) -> dict[str, Any]:
    return container(resources={"limits": limits})


@pytest.mark.parametrize(
    "source",
    [
        {},
        {"emptyDir": None},
        {"emptyDir": {"sizeLimit": 0}},
        {"emptyDir": {"sizeLimit": "0"}},
        {"emptyDir": {"sizeLimit": "0Gi"}},
    ],
)
def test_no_source_and_no_limit_are_found(source: dict[str, Any]) -> None:
    (finding,) = judge(check, volume(source))
    assert finding.path == ("spec", "volumes", 0, "emptyDir", "sizeLimit")
    assert (finding.severity, finding.persona) == ("low", "audit")
    assert "disk" in finding.message


def test_a_limit_of_any_container_bounds_the_disk_of_the_pod() -> None:
    storage = {"ephemeral-storage": "1Gi"}
    assert judge(check, volume({"emptyDir": {}}, container(), limited(**storage))) == []
    only_init = volume({"emptyDir": {}})
    only_init["spec"]["initContainers"] = [limited(**storage)]
    assert len(judge(check, only_init)) == 1


def test_memory_weighs_more_where_nothing_bounds_it() -> None:
    memory = {"emptyDir": {"medium": "Memory"}}
    assert [f.severity for f in judge(check, volume(memory, limited(memory="1Gi")))] == ["low"]
    (finding,) = judge(check, volume(memory, limited(memory="1Gi"), container(name="b")))
    assert finding.severity == "medium"
    assert "memory" in finding.message


def test_huge_pages_have_a_limit_anyway() -> None:
    assert judge(check, volume({"emptyDir": {"medium": "HugePages-2Mi"}})) == []


def test_another_source_is_no_empty_dir() -> None:
    assert judge(check, volume({"nfs": {"server": "a", "path": "/"}})) == []
