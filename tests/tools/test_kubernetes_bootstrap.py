"""The table of the roles that every cluster has from its start."""

from pathlib import Path

from tools.kubernetes.bootstrap import bootstrap_roles

FOLDER = "plugin/pkg/auth/authorizer/rbac/bootstrappolicy/testdata"
FILES = ("cluster-role", "controller-role", "namespace-role")
ROLE = """
apiVersion: v1
kind: List
items:
- apiVersion: rbac.authorization.k8s.io/v1
  kind: Role
  metadata:
    annotations: {"rbac.authorization.kubernetes.io/autoupdate": "true"}
    creationTimestamp: null
    labels: {"kubernetes.io/bootstrapping": rbac-defaults}
    name: %s
    namespace: kube-system
  rules:
  - {apiGroups: [""], resources: [configmaps], verbs: [get]}
- apiVersion: rbac.authorization.k8s.io/v1
  kind: ClusterRole
  aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}
  metadata: {name: %s}
  rules: null
"""
BINDING = """
items:
- kind: ClusterRoleBinding
  metadata: {name: %s}
  roleRef: {kind: ClusterRole, name: view}
  subjects: [{kind: User, name: ada}]
"""


def test_the_fields_that_access_is_worked_out_from_are_kept(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    for file in FILES:
        (tmp_path / FOLDER / f"{file}s.yaml").write_text(ROLE % (file, file))
        (tmp_path / FOLDER / f"{file}-bindings.yaml").write_text(BINDING % file)
    table = bootstrap_roles(tmp_path, "somewhere v1")
    assert table["source"] == "somewhere v1"
    assert [(role["kind"], role["metadata"]["name"]) for role in table["roles"]] == [
        *(("ClusterRole", file) for file in FILES),
        *(("Role", file) for file in FILES),
    ]
    assert table["roles"][0] == {
        "kind": "ClusterRole",
        "metadata": {"name": "cluster-role"},
        "aggregationRule": {"clusterRoleSelectors": [{"matchLabels": {"a": "b"}}]},
    }
    assert set(table["roles"][3]["metadata"]) == {"name", "namespace", "labels"}
    assert [binding["metadata"]["name"] for binding in table["bindings"]] == list(FILES)
    assert table["bindings"][0]["roleRef"] == {"kind": "ClusterRole", "name": "view"}
