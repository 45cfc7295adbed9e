"""secret-as-environment: variables wander."""

from bartizan.checks.pod.secret_as_environment import check
from tests.checks.cases import Cases
from tests.harness import container, judge, pod

KEY = {"name": "DB_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "database", "key": "password"}}}
ALL = {"secretRef": {"name": "database"}}
CASES = Cases(
    passes=[
        {
            "env": [
                {"name": "A", "value": "1"},
                {"name": "B", "valueFrom": {"configMapKeyRef": {"name": "a", "key": "b"}}},
            ]
        },
        {"envFrom": [{"configMapRef": {"name": "settings"}}]},
    ],
    fails=[{"env": [KEY]}, {"envFrom": [ALL]}],
    absent={},
    absent_fails=False,
    ill_typed=[
        {"env": [{"name": "A", "valueFrom": "a"}]},
        {"envFrom": ALL},
        {"envFrom": [{"secretRef": "database"}]},
    ],
)


def test_each_reference_is_one_finding_with_its_names() -> None:
    found = judge(check, pod({}, container(env=[{"name": "A", "value": "1"}, KEY], envFrom=[ALL])))
    assert {f.path[3:]: f.persona for f in found} == {
        ("env", 1, "valueFrom", "secretKeyRef"): "audit",
        ("envFrom", 0, "secretRef"): "audit",
    }
    assert any("the key `password` of Secret `database` as variable `DB_PASSWORD`" in f.message for f in found)
