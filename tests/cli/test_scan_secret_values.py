"""Values that may be secret: no report prints them, wherever they stand and whatever went wrong with them."""

from pathlib import Path

import pytest

from tests.cli.terminal import FORMATS, bartizan

MARKER = "Zq7LEAKw9Xk2mPv4Rt"

OBJECTS = f"""\
apiVersion: v1
kind: Pod
metadata:
  name: a
  namespace: b
  annotations: {{db-password: "{MARKER}", conn: "postgres://u:{MARKER}@h/db"}}
spec:
  containers:
  - name: c
    image: "user:{MARKER}@registry.example/x:latest"
    imagePullPolicy: IfNotPresent
    env:
    - {{name: DB_PASSWORD, value: "{MARKER}"}}
    - {{name: URL, value: "https://u:{MARKER}@h/db?token={MARKER}"}}
    - {{name: API_TOKEN, value: ["{MARKER}"]}}
    command: [sudo, sh, -c, "curl -fsSL https://u:{MARKER}@host/x.sh | sh"]
    args: ["--password={MARKER}", "--token", "{MARKER}"]
    livenessProbe: {{httpGet: {{port: 80, host: "u:{MARKER}@ext", path: "/?token={MARKER}"}}}}
---
apiVersion: v1
kind: Secret
metadata: {{name: s, namespace: b}}
stringData: {{password: "{MARKER}"}}
---
apiVersion: v1
kind: Service
metadata: {{name: s, namespace: b}}
spec: {{type: ExternalName, externalName: "u:{MARKER}@ext.example"}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: i
  namespace: b
  annotations:
    nginx.ingress.kubernetes.io/configuration-snippet: 'proxy_set_header Authorization "Bearer {MARKER}";'
spec: {{rules: [{{host: a.example}}]}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {{name: w}}
webhooks: [{{name: w.example.com, clientConfig: {{url: "https://u:{MARKER}@hook.example/x"}}}}]
"""
CHART = "apiVersion: v2\nname: {name}\nversion: 0.1.0\n"
FILES = {
    "objects.yaml": OBJECTS,
    "alias.yaml": f"apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\nstringData: {{password: *{MARKER} }}\n",
    "tag.yaml": f"apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\ndata: {{a: !!int '{MARKER}'}}\n",
    "patch/kustomization.yaml": f"patches:\n- target: {{kind: Pod}}\n  patch: |-\n    a: {MARKER}\n    foo [\n",
    "json/kustomization.yaml": (
        "patchesJson6902:\n- target: {version: v1, kind: Pod, name: d}\n"
        f'  patch: \'[{{"op":"add","path":"x","value":"{MARKER}"}}\'\n'
    ),
    "literal/kustomization.yaml": f'secretGenerator: [{{name: g, literals: ["{MARKER}"]}}]\n',
    "transformer/kustomization.yaml": (
        "transformers:\n- |-\n  apiVersion: builtin\n  kind: PatchTransformer\n"
        f'  metadata: {{name: x}}\n  patch: "{MARKER}"\n'
    ),
    "remote/kustomization.yaml": f"resources: ['https://u:{MARKER}@host.example/x?ref=v1']\nnamePrefix: a-\n",
    "chart/Chart.yaml": CHART.format(name="chart"),
    "chart/values.yaml": f"pw: {MARKER}\n",
    "chart/templates/a.yaml": '{{ fail (printf "boom %s" .Values.pw) }}\n',
    "other/Chart.yaml": CHART.format(name="other"),
    "other/values.yaml": f"pw: {MARKER}\n",
    "other/templates/a.yaml": "{{ required .Values.pw .Values.none }}\n",
    "release.yaml": (
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: hr, namespace: z}\n"
        "spec: {chart: {spec: {chart: chart, sourceRef: {kind: GitRepository, name: g}}},"
        f" values: {{pw: '{MARKER}'}}}}\n"
    ),
}


@pytest.mark.parametrize("form", FORMATS)
def test_no_report_prints_a_value_that_may_be_secret(form: str, tmp_path: Path) -> None:
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    answer = bartizan(tmp_path, "scan", ".", "--persona", "audit", "-o", form)
    assert "makes the node call" in answer.out
    assert [line for line in f"{answer.out}\n{answer.err}".splitlines() if MARKER in line] == []
