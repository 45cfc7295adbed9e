"""The tables of Kubernetes: made from descriptions and marks; nothing here reaches the network."""

import json
from pathlib import Path
from typing import Any

import pytest

from tools.kubernetes import __main__ as command_line
from tools.kubernetes import modules
from tools.kubernetes.fields import fields, unused
from tools.kubernetes.lifecycle import lifecycle
from tools.kubernetes.modules import ModuleError, folder

SCHEMA = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"


def reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/definitions/{name}"}


def described() -> dict[str, Any]:
    """Two kinds with one field of each sort."""
    gvk = [{"group": "example.com", "version": version, "kind": "Web"} for version in ("v1", "v2")]
    spec = {
        "port": reference("x.IntOrString"),
        "parts": {"type": "array", "items": reference("x.Part")},
        "named": {"type": "object", "additionalProperties": reference("x.Part")},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "raw": reference("x.RawExtension"),
        "schema": reference(f"{SCHEMA}OrBool"),
        "schemas": {"type": "object", "additionalProperties": reference(f"{SCHEMA}OrStringArray")},
    }
    return {
        "definitions": {
            "x.Web": {
                "properties": {
                    "kind": {"type": "string"},
                    "spec": reference("x.Spec"),
                    "status": reference("x.Part"),
                },
                "x-kubernetes-group-version-kind": gvk,
            },
            "x.WebList": {
                "properties": {"items": {"type": "array", "items": reference("x.Web")}},
                "x-kubernetes-group-version-kind": [{"group": "example.com", "version": "v1", "kind": "WebList"}],
            },
            "x.Spec": {"properties": spec},
            "x.Part": {"properties": {"name": {"type": "string"}, "again": reference("x.OldPart")}},
            "x.OldPart": {"properties": {"name": {"type": "string"}, "again": reference("x.Part")}},
            "x.IntOrString": {"type": "string"},
            "x.RawExtension": {"type": "object"},
            SCHEMA: {"properties": {"type": {"type": "string"}}},
            f"{SCHEMA}OrBool": {},
            f"{SCHEMA}OrStringArray": {},
            "x.Unused": {"properties": {"a": {"type": "string"}}},
        }
    }


class TestFields:
    def test_each_sort_of_field_has_its_shape(self) -> None:
        table = fields(described(), "somewhere")
        number = table["kinds"]["example.com"]["v1"]["Web"]
        web = table["definitions"][number]
        spec = table["definitions"][web["spec"]]
        part = spec["parts"][0]
        schema = -spec["schema"]
        assert (web["kind"], web["status"]) == (0, 0)
        assert (spec["port"], spec["labels"], spec["raw"]) == (0, 0, 0)
        assert (spec["named"], spec["schemas"]) == ({"": part}, {"": -schema})
        assert table["definitions"][part]["name"] == 0
        assert table["definitions"][schema] == {"type": 0}

    def test_versions_share_and_lists_and_the_unused_are_left_out(self) -> None:
        table = fields(described(), "somewhere")
        assert table["kinds"] == {"example.com": {"v1": {"Web": 4}, "v2": {"Web": 4}}}
        assert list(unused(table)) == []
        assert len(table["definitions"]) == 5

    def test_definitions_that_are_alike_are_one(self) -> None:
        described_twice = described()
        twin = described_twice["definitions"]["x.Spec"]["properties"]
        twin["twin"] = reference("x.Twin")
        described_twice["definitions"]["x.Twin"] = {"properties": {"type": {"type": "string"}}}
        table = fields(described_twice, "somewhere")
        spec = table["definitions"][table["definitions"][table["kinds"]["example.com"]["v1"]["Web"]]["spec"]]
        assert spec["twin"] == -spec["schema"]

    def test_a_shape_that_is_new_stops_the_generator(self) -> None:
        new = described()
        new["definitions"]["x.Spec"]["properties"]["new"] = {
            "type": "array",
            "items": {"type": "array", "items": reference("x.Part")},
        }
        with pytest.raises(ValueError, match="teach the table"):
            fields(new, "somewhere")


MARK = "func (in *{kind}) APILifecycle{step}() (major, minor int) {{\n\treturn 1, {minor}\n}}\n"


def released(folder: Path, kinds: dict[str, dict[str, int]], moved: str = "") -> Path:
    """A release of the API in which one version of a group has these kinds."""
    package = folder / "web" / "v1beta1"
    package.mkdir(parents=True)
    (package / "register.go").write_text('const GroupName = "web.example.com"\n')
    text = "".join(
        MARK.format(kind=kind, step=step, minor=minor)
        for kind, steps in kinds.items()
        for step, minor in steps.items()
    )
    (package / "zz_generated.prerelease-lifecycle.go").write_text(text + moved)
    return folder


class TestLifecycle:
    def test_the_newest_mark_counts(self, tmp_path: Path) -> None:
        old = released(tmp_path / "a", {"Web": {"Introduced": 10, "Deprecated": 13, "Removed": 16}})
        new = released(
            tmp_path / "b",
            {"Web": {"Introduced": 10, "Deprecated": 14, "Removed": 17}, "Page": {"Introduced": 15}},
        )
        table = lifecycle({"v0.14.0": old, "v0.15.1": new})
        assert table["newest"] == 15
        assert table["groups"]["web.example.com"]["v1beta1"] == {"Page": [15], "Web": [10, 14, 17]}

    def test_what_left_the_source_is_gone_whatever_its_mark_says(self, tmp_path: Path) -> None:
        old = released(tmp_path / "a", {"Web": {"Introduced": 10, "Deprecated": 16, "Removed": 19}})
        new = released(tmp_path / "b", {"Page": {"Introduced": 15}})
        newer = released(tmp_path / "c", {"Page": {"Introduced": 15}})
        table = lifecycle({"v0.14.0": old, "v0.15.1": new, "v0.16.0": newer})
        assert table["groups"]["web.example.com"]["v1beta1"]["Web"] == [10, None, 15]

    def test_lists_and_options_are_no_objects(self, tmp_path: Path) -> None:
        made = released(tmp_path / "a", {"WebList": {"Introduced": 1}, "WebOptions": {"Introduced": 1}})
        assert "web.example.com" not in lifecycle({"v0.14.0": made})["groups"]

    def test_a_kind_that_lives_on_elsewhere_says_where(self, tmp_path: Path) -> None:
        mark = (
            "func (in *Web) APILifecycleReplacement() schema.GroupVersionKind {\n"
            '\treturn schema.GroupVersionKind{Group: "apps", Version: "v1", Kind: "PetSet"}\n}\n'
        )
        made = released(tmp_path / "a", {"Web": {"Introduced": 1}}, mark)
        assert lifecycle({"v0.14.0": made})["moved"]["web.example.com"] == {"Web": ["apps", "PetSet"]}

    def test_what_has_no_marks_is_kept_by_hand(self, tmp_path: Path) -> None:
        groups = lifecycle({"v0.14.0": released(tmp_path / "a", {})})["groups"]
        assert groups["rbac.authorization.k8s.io"]["v1alpha1"]["Role"] == [3, 17, 23]


class TestCommandLine:
    def test_it_writes_and_checks_the_tables(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(command_line, "tables", lambda: {"a.json": "{}\n"})
        assert command_line.main(["--check", "--folder", str(tmp_path)]) == 1
        assert "a.json" in capsys.readouterr().err
        assert command_line.main(["--folder", str(tmp_path)]) == 0
        assert command_line.main(["--check", "--folder", str(tmp_path)]) == 0

    def test_without_the_modules_it_says_what_is_missing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        assert command_line.main(["--check"]) == 2
        assert "install Go" in capsys.readouterr().err

    def test_a_module_that_cannot_be_had_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        go = tmp_path / "go"
        go.write_text('#!/bin/sh\necho \'{"Error": "no such version"}\'\nexit 1\n')
        go.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(ModuleError, match="no such version"):
            folder("k8s.io/api", "v0.0.1")

    def test_tables_are_compact_and_readable(self) -> None:
        table = {"source": "a", "kinds": {"": {"v1": {"Pod": 1}}}, "definitions": [{}, {"spec": 0}]}
        text = command_line.as_text(table)
        assert json.loads(text) == table
        assert '\n"":{"v1":{"Pod":1}}\n' in text


def test_the_modules_come_from_the_go_tool() -> None:
    """Nothing is fetched around it: it checks what it fetches."""
    assert "go mod download" in " ".join(Path(modules.__file__).read_text().replace('", "', " ").split())
