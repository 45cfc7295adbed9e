"""Charts rendered in a confined child: what they make, of which file, and what a hostile one can not do."""

import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bartizan.sources import allowance, helm_programs
from bartizan.sources.chart import Release
from bartizan.sources.child import Limits
from bartizan.sources.helm import Chart, release_name, render_charts
from bartizan.sources.helm_programs import open_helm
from bartizan.sources.rendered import NOTHING_MADE, Rendering, rendered_reading
from tests.sources.rendering_files import POD, archive, below, chart, encoded, needs_helm
from tools.lab.cache import Cache, default_root
from tools.lab.programs import HELM

pytestmark = needs_helm
SHORT = Limits(seconds=3, output=1 << 20)
GOOD = chart("good", a=POD)


def render(
    files: Mapping[str, str | bytes], *releases: Release, folder: str = "shop", limits: Limits | None = None
) -> Rendering:
    """One chart in some ways."""
    (made,) = render_charts([Chart(folder, encoded(files), releases or (Release(),), 33)], limits)
    return made


def values(made: Rendering, file: str = "shop/templates/a.yaml") -> str:
    """What became of a template that makes one object."""
    return "\n".join(piece.text for piece in made.pieces[file])


def names(made: Rendering) -> list[tuple[str, str]]:
    """Files and names of the objects."""
    return [
        (file, resource.name)
        for file, pieces in made.pieces.items()
        for resource in rendered_reading(file, pieces, "").resources
    ]


def named(name: str) -> str:
    return POD.replace("web", name)


def test_objects_belong_to_the_templates_that_made_them() -> None:
    made = render(chart(a=named("{{ .Release.Name }}-a"), b=named("{{ .Chart.Name }}-b")))
    assert names(made) == [("shop/templates/a.yaml", "shop-a"), ("shop/templates/b.yaml", "shop-b")]
    assert (made.problems, made.whole) == ((), True)


def test_a_chart_at_the_root_has_no_folder() -> None:
    assert names(render(chart(a=POD), folder="")) == [("templates/a.yaml", "web")]


def test_partials_and_notes_make_nothing() -> None:
    files = chart(a='{{ include "name" . }}') | {"templates/_x.yaml": POD, "templates/NOTES.txt": POD}
    files["templates/_names.tpl"] = f'{{{{ define "name" }}}}{POD}{{{{ end }}}}'
    assert names(render(files)) == [("shop/templates/a.yaml", "web")]


def test_hooks_and_tests_are_objects() -> None:
    """They are applied as well."""
    text = named("hook").replace("{name: hook}", "{name: hook, annotations: {helm.sh/hook: test}}")
    assert names(render(chart(a=text))) == [("shop/templates/a.yaml", "hook")]


def test_it_is_told_the_version_and_the_namespace() -> None:
    text = 'a: "{{ .Capabilities.KubeVersion }} {{ .Release.Namespace }} {{ .Release.IsInstall }}"'
    assert values(render(chart(a=text))) == 'a: "v1.33.0 default true"'
    assert "v1.33.0 shop true" in values(render(chart(a=text), Release(namespace="shop")))


def test_values_lie_over_the_defaults_and_parameters_over_both() -> None:
    files = chart(a="{{ .Values | toJson }}") | {"values.yaml": "a: {b: 1, c: 1, d: 1}\n"}
    release = Release(
        values={"a": {"b": 2, "c": 2}}, parameters=(("a.b=3", False), ("a.e=3", True), ("l[0]=x\\,y", False))
    )
    assert values(render(files, release)) == '{"a":{"b":3,"c":2,"d":1,"e":"3"},"l":["x,y"]}'


def test_values_of_a_release_may_stand_in_for_the_defaults() -> None:
    files = chart(a="{{ .Values | toJson }}") | {"values.yaml": "a: 1\n"}
    made = render(files, Release(defaults={"b": 1}), Release())
    assert [piece.text for piece in made.pieces["shop/templates/a.yaml"]] == ['{"b":1}', '{"a":1}']


SUB = chart("sub", s=named("sub"))


def test_parts_in_folders_and_archives_tell_their_own_files() -> None:
    files = chart(a=POD) | below("charts/part-of-it", SUB)
    files["charts/packed-1.2.3.tgz"] = archive(chart("packed", p=named("packed")), "packed")
    assert sorted(names(render(files))) == [
        ("shop/charts/packed-1.2.3.tgz", "packed"),
        ("shop/charts/part-of-it/templates/s.yaml", "sub"),
        ("shop/templates/a.yaml", "web"),
    ]


@pytest.mark.parametrize("name", ["charts/sub-2.0.0.tgz", "charts/sub.tgz", "charts/sub-v1.2.3-rc.1.tgz"])
def test_two_parts_of_one_name_are_refused(name: str) -> None:
    """Helm takes either, and not the same one each time."""
    made = render(chart(a=POD) | below("charts/sub", SUB) | {name: archive(SUB, "sub")})
    assert not made.whole
    assert "more than one chart called `sub`" in made.problems[0]


def test_a_part_under_another_name_tells_its_own_file() -> None:
    more = "dependencies: [{name: sub, alias: other, version: 1.0.0, repository: 'file://sub'}]\n"
    made = render(chart("shop", more, a=POD) | below("charts/sub", SUB))
    assert ("shop/charts/sub/templates/s.yaml", "sub") in names(made)


def test_a_part_that_is_switched_off_makes_nothing() -> None:
    more = "dependencies: [{name: sub, condition: sub.wanted, version: 1.0.0, repository: 'file://sub'}]\n"
    files = chart("shop", more, a=POD) | below("charts/sub", SUB) | {"values.yaml": "sub: {wanted: false}\n"}
    assert names(render(files)) == [("shop/templates/a.yaml", "web")]
    assert len(names(render(files, Release(values={"sub": {"wanted": True}})))) == 2


CRD = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x.example.com}\n"


def test_definitions_in_files_are_judged_there_and_those_in_archives_here() -> None:
    files = chart(a=POD) | {"crds/x.yaml": CRD}
    files["charts/packed-1.2.3.tgz"] = archive(chart("packed") | {"crds/x.yaml": CRD}, "packed")
    assert sorted(names(render(files))) == [
        ("shop/charts/packed-1.2.3.tgz", "x.example.com"),
        ("shop/templates/a.yaml", "web"),
    ]


def test_a_plain_template_is_not_taken_for_a_definition() -> None:
    """It says in the tree just what it makes."""
    assert names(render(chart(**{"templates/crds/x.yaml": CRD}))) == [
        ("shop/templates/crds/x.yaml", "x.example.com")
    ]


def test_a_part_that_is_not_there_is_told_and_the_rest_is_judged() -> None:
    more = "dependencies: [{name: redis, version: 1.0.0, repository: 'https://charts.example.com'}]\n"
    made = render(chart("shop", more, a=POD))
    assert names(made) == [("shop/templates/a.yaml", "web")]
    (problem,) = made.problems
    assert problem == (
        "its dependency `redis` is not in `charts/`, and nothing is fetched; run `helm dependency build shop` and "
        "scan again"
    )


def test_a_library_chart_makes_nothing_and_is_counted() -> None:
    made = render(chart("shop", "type: library\n", a=POD))
    assert made == Rendering(notes={"library-chart": 1})


def test_a_value_that_is_missing_is_told_with_helms_words() -> None:
    made = render(chart(a='{{ required "say where it is" .Values.address }}'))
    (problem,) = made.problems
    assert "say where it is" in problem
    assert "helm template shop -f VALUES" in problem
    assert not made.whole


def test_defaults_that_do_not_render_are_a_gap_where_test_values_do() -> None:
    """Values for a test do not say how it is installed."""
    files = chart(a='a: {{ required "say where it is" .Values.address }}')
    made = render(files, Release(), Release(values={"address": "here"}, label="shop/ci/x-values.yaml"))
    assert values(made) == "a: here"
    assert (len(made.problems), made.whole) == (1, True)


def test_values_that_do_not_render_are_told_with_their_file() -> None:
    files = chart(a="a: {{ .Values.a.b }}") | {"values.yaml": "a: {b: 1}\n"}
    made = render(files, Release(), Release(values={"a": "x"}, label="apps/shop.yaml"))
    (problem,) = made.problems
    assert problem.startswith("helm cannot render it with the values of `apps/shop.yaml`: ")
    assert values(made) == "a: 1"


def test_values_that_a_schema_refuses_are_told() -> None:
    made = render(chart(a=POD) | {"values.schema.json": '{"required": ["address"]}'})
    assert "missing property 'address'" in made.problems[0]


def test_no_credential_is_told() -> None:
    made = render(chart(a='{{ fail "use AKIAQ6Z3XH5T7RM2WJ4K" }}'))
    assert "AKIA" not in made.problems[0]
    assert "looks like a credential" in made.problems[0]


def test_what_is_broken_says_where() -> None:
    assert "shop/templates/a.yaml:2" in render(chart(a="a: 1\n{{ if }}")).problems[0]


@pytest.mark.parametrize("about", ["", "name: x\n", "apiVersion: v2\nname: ../x\nversion: 1.0.0\n", "[", "\0"])
def test_what_is_no_chart_is_told(about: str) -> None:
    made = render({"Chart.yaml": about, "templates/a.yaml": POD})
    assert (len(made.problems), made.whole) == (1, False)


HOSTILE = {
    "endless": ("{{ range until 1000000 }}{{ range until 1000000 }}{{ end }}{{ end }}", "more than 3 seconds"),
    "memory": ('{{ repeat 100000000000 "a" }}', "of memory"),
    "output": ('{{ repeat 3000000 "a" }}', "it made more than 1 MiB"),
    "recursion": ('{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}', "cannot render it"),
    "environment": ('{{ env "HOME" }}', "not defined"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_chart_hides_nothing_of_the_others(what: str) -> None:
    text, reason = HOSTILE[what]
    charts = [Chart(name, encoded(files), (Release(),), 33) for name, files in _around(chart(a=text))]
    before, made, after = render_charts(charts, SHORT)
    assert names(before) == [("before/templates/a.yaml", "web")]
    assert names(after) == [("after/templates/a.yaml", "web")]
    assert reason in made.problems[0]
    assert not made.whole


def _around(files: dict[str, str | bytes]) -> Sequence[tuple[str, dict[str, str | bytes]]]:
    return (("before", GOOD), ("shop", files), ("after", GOOD))


def test_many_hostile_charts_do_not_take_all_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "MOST_STOPPED", 2)
    bad = Chart("bad", encoded(chart(a=HOSTILE["endless"][0])), (Release(), Release(name="x")), 33)
    made = render_charts([bad, bad, bad, bad], Limits(seconds=0.5))
    assert ["2 others before it had to be stopped" in item.problems[0] for item in made] == [
        False,
        False,
        True,
        True,
    ]


def test_what_charts_make_together_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "MOST_TEXT", 100)
    good = Chart("good", encoded(GOOD), (Release(),), 33)
    made = render_charts([good, good, good])
    assert [item.whole for item in made] == [True, False, False]
    assert "others before it made more than" in made[2].problems[0]


def test_what_one_chart_makes_in_all_ways_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bartizan.sources.helm.MOST_TEXT_OF_ONE", 150)
    made = render(GOOD, Release(), Release(name="b"), Release(name="c"))
    assert len(made.pieces["shop/templates/a.yaml"]) == 1
    assert "all the ways in which it is installed make more than" in made.problems[0]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ('a: {{ lookup "v1" "Secret" "kube-system" "token" | toJson }}', "a: {}"),
        ('a: {{ getHostByName "example.com" | quote }}', 'a: ""'),
        ('a: {{ .Files.Get "../../../../../../etc/passwd" | quote }}', 'a: ""'),
        ('a: {{ .Files.Get "/etc/passwd" | quote }}', 'a: ""'),
        ('a: {{ (.Files.Glob "../**").AsConfig | quote }}', 'a: "{}"'),
    ],
)
def test_nothing_beyond_the_chart_is_reached(text: str, made: str) -> None:
    assert values(render(chart(a=text))) == made


def test_nothing_that_a_chart_names_is_run(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    plugin = f"name: x\ncommand: touch {mark}\nhooks: {{install: touch {mark}}}\n"
    files = chart(a=POD) | {"plugin.yaml": plugin, "post-renderer": f"#!/bin/sh\ntouch {mark}\n"}
    assert names(render(files)) == [("shop/templates/a.yaml", "web")]
    assert not mark.exists()


@pytest.mark.parametrize("name", ["../../evil", "/etc/evil", "sub/../../../../evil"])
def test_an_archive_leaves_nothing_outside(name: str) -> None:
    files = chart(a=POD) | {"charts/sub-1.0.0.tgz": archive(SUB | {name: "x"}, "sub")}
    made = render(files)
    assert (made.whole, len(made.problems)) in {(False, 1), (True, 0)}


def test_an_archive_that_blows_up_is_refused() -> None:
    bomb = archive(SUB | {"zeros": b"\0" * (200 << 20)}, "sub")
    made = render(chart(a=POD) | {"charts/sub-1.0.0.tgz": bomb})
    assert "larger than the maximum size" in made.problems[0]


def test_where_nothing_can_be_written_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container with a file system that is read-only."""
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    assert render(chart(a=POD)).problems == (
        "there is no place for a temporary folder (No such file or directory)",
    )


def test_where_no_process_can_be_started_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere")
    assert "it cannot be started (No such file or directory)" in render(chart(a=POD)).problems[0]


def test_without_helm_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helm_programs, "library", lambda: None)
    monkeypatch.setenv("PATH", "")
    assert render(chart(a=POD)) == NOTHING_MADE


FAKE = """#!/bin/sh
echo "$@" > "$HOME/arguments"
printf -- '---\\n# Source: shop/templates/a.yaml\\n%s\\n---\\n# Source: shop/templates/_hidden.yaml\\n%s\\n' \
"$(/bin/cat "$HOME/arguments")" 'b: 1'
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program called helm, and no library."""
    monkeypatch.setattr(helm_programs, "library", lambda: None)
    path = tmp_path / "bin" / "helm"
    path.parent.mkdir()
    path.write_text(FAKE)
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(path.parent))
    return path


@pytest.mark.usefixtures("program")
def test_a_program_on_path_is_asked_for_a_template() -> None:
    made = render(chart(a=POD), Release(namespace="n", parameters=(("a=1", False), ("b=2", True))))
    asked = values(made).split()
    assert asked[0] == "template"
    assert asked[3:7] == ["--set", "a=1", "--set-string", "b=2"]
    assert asked[7:13] == ["--namespace", "n", "--kube-version", "1.33.0", "--include-crds", "--"]
    assert asked[13] == "shop"


@pytest.mark.usefixtures("program")
def test_a_template_hides_nothing_by_the_name_that_it_writes() -> None:
    """In one stream a template can say that the next object comes from a partial, which makes none."""
    made = render(chart(a=POD))
    assert [piece.text.strip() for piece in made.pieces["shop/Chart.yaml"]] == ["b: 1"]


def test_a_program_in_the_working_folder_is_not_helm(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tree does not choose what is run."""
    monkeypatch.chdir(program.parent)
    monkeypatch.setenv("PATH", os.pathsep.join(("", ".", "bin")))
    assert open_helm(program.parent) is None


def test_the_program_and_the_library_make_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    lab = Cache(default_root(os.environ))
    if lab.has(HELM):
        monkeypatch.setenv("PATH", str(lab.executable(HELM).parent), prepend=os.pathsep)
    elif shutil.which("helm") is None:
        pytest.skip("helm is not built: python -m tools.lab ci")
    files = chart(a=named("{{ .Release.Name }}")) | below("charts/sub", SUB) | {"crds/x.yaml": CRD}
    with_library = names(render(files))
    monkeypatch.setattr(helm_programs, "library", lambda: None)
    assert names(render(files)) == with_library


@pytest.mark.parametrize(
    ("chart_name", "release"),
    [("shop", "shop"), ("My_Shop.", "my-shop"), ("", "release"), ("a" * 60, "a" * 53), ("--", "release")],
)
def test_a_release_has_the_name_of_its_chart_as_far_as_that_goes(chart_name: str, release: str) -> None:
    assert release_name(chart_name) == release
