"""From a file's text to objects: what is no object is counted, what cannot be read is an Unknown with its place."""

from textwrap import dedent

import msgspec
import pytest

from bartizan.sources import manifests
from bartizan.sources.blob import Blob
from bartizan.sources.manifests import FileReading, read_manifest

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n"


def read(text: str | bytes, file: str = "a.yaml", namespace: str = "") -> FileReading:
    """The reading of one file."""
    data = dedent(text).encode() if isinstance(text, str) else text
    return read_manifest(Blob(file, data), namespace)


def names(reading: FileReading) -> list[str]:
    """The objects, as they are called."""
    return [resource.subject.title for resource in reading.resources]


def unknowns(reading: FileReading) -> list[tuple[str, int]]:
    """Code and line of each unknown."""
    return [(unknown.code, unknown.line) for unknown in reading.unknowns]


def test_documents_of_a_stream_are_objects() -> None:
    reading = read(f"{POD}---\n# nothing\n---\n{POD.replace('web', 'api')}")
    assert (names(reading), reading.unknowns, reading.counts) == (["Pod web", "Pod api"], (), {})


def test_json_is_read_as_well() -> None:
    reading = read(msgspec.json.encode({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}}))
    assert names(reading) == ["Pod web"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_and_line_ends_that_kubectl_takes(newline: str, encoding: str) -> None:
    assert names(read(POD.replace("\n", newline).encode(encoding))) == ["Pod web"]


@pytest.mark.parametrize("kind", ["List", "PodList"])
def test_items_of_a_list_are_objects_of_their_own(kind: str) -> None:
    """With their places: findings and fixes are told where they stand."""
    reading = read(f"""\
        apiVersion: v1
        kind: {kind}
        items:
          - apiVersion: v1
            kind: Pod
            metadata: {{name: web}}
          - {{apiVersion: v1, kind: Pod, metadata: {{name: api}}}}
    """)
    assert names(reading) == ["Pod web", "Pod api"]
    assert [resource.origin.path for resource in reading.resources] == [("items", 0), ("items", 1)]
    places = [resource.span(("metadata", "name")) for resource in reading.resources]
    assert [place.line for place in places if place] == [6, 7]


def test_items_of_a_typed_list_may_leave_their_type_out() -> None:
    """As the API server writes them."""
    reading = read("apiVersion: apps/v1\nkind: DeploymentList\nitems: [{metadata: {name: web}}]\n")
    assert [str(resource.group_kind) for resource in reading.resources] == ["Deployment.apps"]


def test_items_of_a_plain_list_may_not() -> None:
    assert unknowns(read("apiVersion: v1\nkind: List\nitems:\n- {metadata: {name: web}}\n")) == [("bad-object", 4)]


def test_lists_in_lists_are_unwrapped_and_not_without_end() -> None:
    text = '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "deep"}}'
    for depth in range(1, 8):
        text = f'{{"apiVersion": "v1", "kind": "List", "items": [{text}]}}'
        reading = read(text)
        assert len(reading.resources) + len(reading.unknowns) == 1
        assert bool(reading.resources) == (depth <= 4)


@pytest.mark.parametrize("items", ["null", "[]"])
def test_a_list_of_nothing_is_nothing(items: str) -> None:
    reading = read(f"apiVersion: v1\nkind: List\nitems: {items}\n")
    assert (reading.resources, reading.unknowns, reading.counts) == ((), (), {})


@pytest.mark.parametrize("items", ["{a: b}", "text", "5"])
def test_a_list_of_no_list_is_refused(items: str) -> None:
    assert unknowns(read(f"apiVersion: v1\nkind: List\nitems: {items}\n")) == [("bad-object", 3)]


def test_bad_items_hide_no_good_ones() -> None:
    reading = read("""\
        apiVersion: v1
        kind: List
        items:
          - null
          - text
          - {kind: Pod}
          - {apiVersion: v1, kind: Pod, metadata: {name: web}}
          - [[1]]
    """)
    assert names(reading) == ["Pod web"]
    assert unknowns(reading) == [("bad-object", line) for line in (4, 5, 6, 8)]


@pytest.mark.parametrize("item", ["{apiVersion: v1, kind: Pod, metadata: {name: web}}", "{metadata: {name: web}}"])
@pytest.mark.parametrize("kind", ["Pod", "PodList"])
@pytest.mark.parametrize(("rest", "more"), [("", 0), ("spec: {}\n", 1)])
def test_whatever_has_items_is_a_list(kind: str, item: str, rest: str, more: int) -> None:
    """As kubectl takes it. With more than items it may be an object for other tools, so it is judged as well."""
    reading = read(f"apiVersion: v1\nkind: {kind}\nitems: [5, {item}]\n{rest}")
    assert [str(resource.group_kind) for resource in reading.resources] == ["Pod", *[kind] * more]
    assert reading.resources[0].name == "web"
    assert unknowns(reading) == [("bad-object", 3)]


def test_the_object_that_a_list_is_as_well_has_no_items() -> None:
    """Nothing in them is told twice."""
    item = "{apiVersion: v1, kind: Pod, metadata: {name: a, name: b}}"
    item, outer = read(f"apiVersion: v1\nkind: ConfigMap\ndata: {{a: b, a: c}}\nitems: [{item}]\n").resources
    assert (item.kind, [duplicate.path for duplicate in item.duplicates]) == ("Pod", [("metadata", "name")])
    assert (outer.kind, [duplicate.path for duplicate in outer.duplicates]) == ("ConfigMap", [("data", "a")])
    assert "items" not in outer.raw


def test_items_that_are_no_objects_make_no_list() -> None:
    """Except of what is called one."""
    reading = read("apiVersion: example.com/v1\nkind: Menu\nitems: [{name: soup}, 5]\n")
    assert ([resource.kind for resource in reading.resources], reading.unknowns) == (["Menu"], ())


@pytest.mark.parametrize(
    "text", ["kind: WaitList\nspec: {items: [1]}", "kind: WaitList\ndata: {}", "kind: GuestList\nitems: x"]
)
def test_a_kind_that_only_sounds_like_a_list_is_an_object(text: str) -> None:
    assert len(read(f"apiVersion: example.com/v1\nmetadata: {{name: x}}\n{text}\n").resources) == 1


@pytest.mark.parametrize(
    "text", ["a: b\n", "- 1\n- 2\n", "text\n", "5\n", "true\n", "apiVersion: v2\nname: chart\n"]
)
def test_a_document_of_another_kind_is_counted(text: str) -> None:
    reading = read(text)
    assert (reading.resources, reading.unknowns, reading.counts) == ((), (), {"not-kubernetes": 1})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind: Pod\nmetadata: {}\n", "it has no apiVersion"),
        ("apiVersion: v1\nmetadata: {}\nspec: {}\n", "it has no kind"),
        ("apiVersion: v1\nKind: Pod\nmetadata: {}\n", "it has no kind"),
        ("apiVersion: 1\nkind: Pod\n", "must be strings"),
        ("apiVersion: v1\nkind: [Pod]\n", "must be strings"),
        ("apiVersion: ''\nkind: Pod\n", "must be strings"),
        ("apiVersion: v1\nkind: Pod\nmetadata: [web]\n", "metadata should be a mapping but is a list"),
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: 5}\n", "metadata.name should be a string"),
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: true}\n", "metadata.namespace should"),
        ("apiVersion: v1\nkind: Pod\nmetadata: {generateName: {}}\n", "metadata.generateName should"),
    ],
)
def test_half_an_object_is_refused_with_the_reason(text: str, message: str) -> None:
    """The API server would refuse it; somebody meant it to be judged."""
    reading = read(text)
    assert (reading.resources, reading.counts) == ((), {})
    assert [unknown.code for unknown in reading.unknowns] == ["bad-object"]
    assert message in reading.unknowns[0].message
    assert reading.unknowns[0].line > 0


def test_a_bad_document_hides_no_good_one() -> None:
    reading = read(f"{POD}---\na: [\n---\n{POD.replace('web', 'api')}---\n\tx\n")
    assert names(reading) == ["Pod web", "Pod api"]
    assert [code for code, _ in unknowns(reading)] == ["syntax", "syntax"]
    assert [4 <= line <= 12 for _, line in unknowns(reading)] == [True, True]


@pytest.mark.parametrize(
    ("metadata", "name"),
    [
        ("{name: web}", "web"),
        ("{generateName: web-}", "web-*"),
        ("{name: null, generateName: web-}", "web-*"),
        ("null", ""),
        ("{}", ""),
    ],
)
def test_the_name_of_an_object(metadata: str, name: str) -> None:
    (resource,) = read(f"apiVersion: v1\nkind: Pod\nmetadata: {metadata}\n").resources
    assert resource.name == name


@pytest.mark.parametrize(
    ("text", "namespace"),
    [
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: own}\n", "own"),
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n", "given"),
        ("apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n", ""),
        ("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\n", ""),
        ("apiVersion: example.com/v1\nkind: ClusterRole\nmetadata: {name: a}\n", "given"),
    ],
)
def test_a_namespace_is_given_to_what_names_none_and_may_have_one(text: str, namespace: str) -> None:
    assert [resource.namespace for resource in read(text, namespace="given").resources] == [namespace]


@pytest.mark.parametrize(
    "action",
    [
        "{{ .Values.image }}",
        '{{- include "x" . }}',
        "{{ $.Release.Name }}",
        '{{template "x"}}',
        "{{ toYaml .Values.image }}",
        '{{ printf "%s:1" (.Values.image) }}',
        "web:{{ .Chart.AppVersion }}",
    ],
)
def test_a_helm_template_is_recognised(action: str) -> None:
    """Even where it happens to be YAML: what it makes is not what it says."""
    reading = read(f"{POD}spec: {{containers: [{{name: app, image: '{action}'}}]}}\n")
    assert (reading.resources, unknowns(reading)) == ((), [("needs-rendering", 4)])


@pytest.mark.parametrize(
    "text",
    [
        "# image: {{ .Values.image }}\n",
        "data: {a: '{{ .Values.image }}'}\n",
        "stringData: {a: '{{ include \"x\" . }}'}\n",
        "metadata: {name: web, annotations: {a: '{{ template \"x\" . }}'}}\n",
        "spec:\n  text: |\n    {{ .Values.image }}\n    more\n",
        "spec: {a: '{{ $labels.include }} {{ .ValuesOf }} {{ x.Values }}'}\n",
    ],
)
def test_templates_that_an_object_carries_for_others_are_text(text: str) -> None:
    """A rendered ConfigMap of Alertmanager or Istio is full of them, and so are comments."""
    reading = read(f"apiVersion: v1\nkind: ConfigMap\n{text}")
    assert (len(reading.resources), reading.unknowns) == (1, ())


def test_kinds_with_templates_of_their_own_are_objects() -> None:
    text = "kind: AlertmanagerConfig\nspec: {title: '{{ template \"title\" . }}'}\n"
    assert len(read(f"apiVersion: monitoring.coreos.com/v1alpha1\n{text}").resources) == 1
    assert unknowns(read(f"apiVersion: example.com/v1\n{text}")) == [("needs-rendering", 3)]


@pytest.mark.parametrize(
    "template",
    [
        "apiVersion: v1\nkind: Pod\nspec: {image: '{{ .Values.image }}'}\n",
        "apiVersion: v1\nkind: Pod\nspec: {image: {{ .Values.image }}}\n",
        "apiVersion: v1\nkind: Pod\nspec:\n  image: {{ .Values.image }}\n",
        "apiVersion: v1\nkind: Pod\n{{- if .Values.image }}\nspec: {}\n{{- end }}\n",
        "apiVersion: v1\nkind: Pod\n'{{ include \"x\" . }}': x\n",
        "kind: Pod\napiVersion: '{{ .Values.api }}'\n",
        "kind: Pod\n'{{ .Values.api }}': x\n",
        "'{{ include \"type\" . }}': x\n",
        "apiVersion: v1\nkind: '{{ .Values.kind }}List'\nitems: [{metadata: {}}]\n",
        "apiVersion: v1\nkind: PodList\nitems: [{metadata: {}, spec: {a: '{{ .Values.a }}'}}]\n",
    ],
)
def test_a_template_hides_no_document_beside_it(template: str) -> None:
    reading = read(f"{POD}---\n{template}---\n{POD.replace('web', 'api')}")
    assert names(reading) == ["Pod web", "Pod api"]
    ((code, line),) = unknowns(reading)
    assert code == "needs-rendering"
    assert 5 <= line <= 9
    assert "helm template" in reading.unknowns[0].message


def test_a_template_in_utf_16_is_one_as_well() -> None:
    text = f"{POD}spec: {{a: '{{{{ .Values.a }}}}'}}\n"
    assert unknowns(read(text.encode("utf-16"))) == [("needs-rendering", 4)]


def test_values_of_a_chart_are_no_objects() -> None:
    """Charts hand them to `tpl`; kubectl would take them for nothing."""
    reading = read("name: '{{ .Release.Name }}'\n")
    assert (reading.unknowns, reading.counts) == ((), {"not-kubernetes": 1})


def test_other_braces_are_text() -> None:
    """Alerts and dashboards use the same marks."""
    assert names(read(POD + "spec: {x: '{{ $labels.instance }} is down for {{ $value }}'}\n")) == ["Pod web"]


def test_a_kustomization_is_known_by_its_type_or_its_name() -> None:
    typed = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n"
    assert read(typed, "any.yaml").kustomization is not None
    assert read("resources: [a.yaml]\n", "base/kustomization.yaml").kustomization == {"resources": ["a.yaml"]}
    assert read("resources: [a.yaml]\n", "any.yaml").kustomization is None


@pytest.mark.parametrize("text", [f"{POD}$patch: delete\n", "apiVersion: v1\nkind: List\nitems: []\n$patch: x\n"])
def test_a_patch_is_unknown_and_hides_no_object_beside_it(text: str) -> None:
    """What kubectl applies is judged: the others. It takes the patch for an object."""
    reading = read(f"{text}---\n{POD.replace('web', 'api')}")
    assert (names(reading), unknowns(reading)) == (["Pod api"], [("bad-object", 4)])
    assert "`$patch` says that this is a patch" in reading.unknowns[0].message


def test_a_patch_in_a_list_hides_no_item() -> None:
    item = "{apiVersion: v1, kind: Pod, metadata: {name: web}"
    reading = read(f"apiVersion: v1\nkind: List\nitems:\n- {item}}}\n- {item}, $patch: delete}}\n")
    assert (names(reading), unknowns(reading)) == (["Pod web"], [("bad-object", 5)])


def test_a_kustomization_hides_nothing_that_kubectl_applies() -> None:
    """A second one in the file, or objects in its `items`: for kubectl it is a list."""
    typed = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"
    reading = read(f"{typed}patches: [a]\n---\n{typed}")
    assert reading.kustomization is not None
    assert "patches" in reading.kustomization
    assert [code for code, _ in unknowns(reading)] == ["bad-object"]
    assert names(read(f"{typed}items: [{{apiVersion: v1, kind: Pod, metadata: {{name: web}}}}]\n")) == ["Pod web"]
    assert unknowns(read(f"{typed}resources: ['{{{{ .Values.a }}}}']\n")) == [("needs-rendering", 3)]


def test_a_key_that_stands_twice_is_remembered_with_its_object() -> None:
    reading = read("""\
        apiVersion: v1
        kind: List
        items:
          - {apiVersion: v1, kind: Pod, metadata: {name: web}}
          - apiVersion: v1
            kind: Pod
            metadata:
              name: api
              name: web
    """)
    assert [len(resource.duplicates) for resource in reading.resources] == [0, 1]
    assert reading.resources[1].duplicates[0].path == ("metadata", "name")
    assert reading.resources[1].duplicates[0].line == 8


def test_more_than_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input has no size to look at before."""
    monkeypatch.setattr(manifests, "MAX_BYTES", 10)
    assert unknowns(read(POD)) == [("too-large", 0)]
