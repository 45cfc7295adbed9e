"""masters-group-binding: a binding names those who may do everything anyway."""

from bartizan.checks.rbac.masters_group_binding import check
from tests.checks.cases import Cases
from tests.checks.rbac.objects import bound, subject, unbound
from tests.harness import judge

CASES = Cases(
    passes=[bound(subject("Group", "administrators")), bound(subject("User", "system:masters"))],
    fails=[
        bound(subject("Group", "system:masters")),
        bound(subject("Group", "system:masters"), kind="RoleBinding", role="cluster-admin"),
    ],
    absent=unbound(),
    absent_fails=False,
    ill_typed=[bound() | {"subjects": "all"}, bound(subject("Group", "x") | {"name": 7})],
)


def test_the_subject_is_shown() -> None:
    (finding,) = judge(check, bound(subject("User", "ada"), subject("Group", "system:masters")))
    assert finding.path == ("subjects", 1, "name")
    assert "`system:masters`" in finding.message
