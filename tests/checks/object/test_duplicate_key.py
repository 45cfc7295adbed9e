"""duplicate-key: the reviewer sees the first, the API server keeps the last."""

from textwrap import dedent

import msgspec

from bartizan.checks.object.duplicate_key import check
from bartizan.evaluate import Judge, evaluate
from bartizan.lookups import Inventory
from bartizan.model.finding import Finding
from bartizan.model.resource import Resource
from bartizan.model.review import Review
from bartizan.sources.blob import Blob
from bartizan.sources.manifests import read_manifest
from tests.checks.cases import Cases
from tests.harness import TODAY

TWICE = """
    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      hostNetwork: false
      containers: []
      hostNetwork: true
"""


def read(text: str) -> list[Resource]:
    return list(read_manifest(Blob("a.yaml", dedent(text).lstrip().encode())).resources)


ONCE = TWICE.replace("      hostNetwork: false\n", "")
CASES = Cases(
    passes=read(ONCE),
    fails=read(TWICE),
    absent=read(ONCE)[0],
    absent_fails=False,
    ill_typed=[],
    reads_fields=False,
)


def findings(*resources: Resource) -> list[Finding]:
    reviews = [Review(item) for item in resources]
    judges = [Judge(check, check.params())]
    return list(evaluate(judges, reviews, Inventory(resources), TODAY).findings)


def test_an_object_without_duplicates_passes() -> None:
    assert findings(*read(ONCE)) == []


def test_the_message_names_both_lines() -> None:
    (finding,) = findings(*read(TWICE))
    assert finding.path == ("spec", "hostNetwork")
    assert finding.location.line == 7
    assert "`spec.hostNetwork` stands more than once, first on line 5; the one on line 7 counts" in finding.message


def test_without_marks_it_is_found_all_the_same() -> None:
    (marked,) = read(TWICE)
    (finding,) = findings(msgspec.structs.replace(marked, marks=None))
    assert "the last one counts" in finding.message


def test_each_duplicate_is_a_finding_of_its_own() -> None:
    """However often one key stands there, it is one thing to mend."""
    found = findings(*read(TWICE + "      hostNetwork: true\n      containers: []\n"))
    assert sorted(finding.path[-1] for finding in found) == ["containers", "hostNetwork"]
    assert len({finding.fingerprint for finding in found}) == 2


def test_duplicates_in_two_mappings_at_one_path_are_told_apart() -> None:
    """The mapping that does not count may hold duplicates as well."""
    text = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: a}
        data: {a: "1", a: "2"}
        data: {a: "3", a: "4"}
    """
    found = findings(*read(text))
    assert sorted(finding.path for finding in found) == [("data",), ("data", "a"), ("data", "a")]
    assert len({finding.fingerprint for finding in found}) == 3


def test_an_item_of_a_list_has_its_own() -> None:
    """The path starts at the object, not at the list around it."""
    text = """
        apiVersion: v1
        kind: List
        items:
          - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: "1"}}
          - {apiVersion: v1, kind: ConfigMap, metadata: {name: b}, data: {a: "1", a: "2"}}
    """
    (finding,) = findings(*read(text))
    assert (finding.subject.name, finding.path) == ("b", ("data", "a"))


def test_a_key_of_the_same_name_elsewhere_is_no_duplicate() -> None:
    text = """
        {apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {a: "1"}}, data: {a: "1", A: "2"}}
    """
    assert findings(*read(text)) == []


def test_the_value_is_not_shown() -> None:
    """It may be that of a Secret."""
    text = 'kind: Secret\napiVersion: v1\nmetadata: {name: a}\nstringData: {pin: "1111", pin: "2222"}\n'
    (finding,) = findings(*read(text))
    assert finding.value is None
    assert b"2222" not in msgspec.json.encode(finding)
