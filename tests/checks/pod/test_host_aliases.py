"""host-aliases: names that lead where the manifest says."""

from bartizan.checks.pod.host_aliases import check
from tests.checks.cases import Cases
from tests.harness import judge, pod

ALIAS = {"ip": "192.0.2.7", "hostnames": ["db.example", "db"]}
CASES = Cases(
    passes=[{"hostAliases": []}, {"hostAliases": [{"ip": "192.0.2.7"}]}],
    fails=[{"hostAliases": [ALIAS]}],
    absent={},
    absent_fails=False,
    ill_typed=[{"hostAliases": {"db": "192.0.2.7"}}, {"hostAliases": [{"ip": "192.0.2.7", "hostnames": "db"}]}],
)


def test_each_entry_is_one_finding_with_its_names() -> None:
    found = judge(check, pod({"hostAliases": [{"ip": "192.0.2.1", "hostnames": ["a"]}, ALIAS]}))
    assert {f.path: f.severity for f in found} == {("spec", "hostAliases", n): "info" for n in (0, 1)}
    assert any("`db.example`, `db` is `192.0.2.7`" in f.message for f in found)
    assert len({f.fingerprint for f in found}) == 2
