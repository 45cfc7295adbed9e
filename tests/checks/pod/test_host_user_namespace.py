"""host-user-namespace: root in the pod is root of the node."""

import pytest

from bartizan.checks.pod.host_user_namespace import check
from tests.checks.cases import Cases
from tests.harness import judge, pod

CASES = Cases(
    passes=[{"hostUsers": False}, {"os": {"name": "windows"}}],
    fails=[{"hostUsers": True}, {"hostNetwork": False, "hostPID": None}],
    absent={},
    absent_fails=True,
    ill_typed=[{"hostUsers": "false"}, {"hostIPC": "true"}],
)


@pytest.mark.parametrize(("minor", "count"), [(32, 0), (33, 1), (37, 1)])
def test_it_is_asked_for_where_it_works_without_a_gate(minor: int, count: int) -> None:
    found = judge(check, pod(), minor=minor)
    assert len(found) == count
    assert all(f.path == ("spec", "hostUsers") and f.fix is None for f in found)


@pytest.mark.parametrize("field", ["hostNetwork", "hostPID", "hostIPC"])
def test_what_excludes_it_must_go_first(field: str) -> None:
    (finding,) = judge(check, pod({field: True}))
    assert f"remove `{field}` first, then set `hostUsers: false`" in finding.message
