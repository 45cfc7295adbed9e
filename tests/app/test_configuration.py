"""`bartizan.yaml`: read strictly, found up the tree, and described by a schema that editors use."""

import os
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest

import bartizan
from bartizan.app.configuration import Configuration, load, nearest, parse, schema, suggestion
from bartizan.app.errors import UsageError
from bartizan.documents.reader import read

SCHEMA = Path(bartizan.__file__).with_name("data") / "schemas" / "configuration.schema.json"
YAML = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
KEYS = {field.encode_name for field in msgspec.structs.fields(Configuration)}
WHOLE = """\
checks:
  select: [host-*, root-user]
  ignore: [host-ports]
  params: {mutable-image-tag: {}}
severity: {root-user: critical}
persona: strict
level: baseline
fail-on: medium
kubernetes-version: "1.36"
exclude: [vendor/, "*.generated.yaml"]
exceptions: [accepted]
"""


def described(place: str, shape: dict[str, Any]) -> dict[str, str]:
    """The description of each property of a schema, by its place."""
    found = {f"{place}{key}": value.get("description", "") for key, value in shape.get("properties", {}).items()}
    for name, inner in shape.get("$defs", {}).items():
        found |= described(f"{name}.", inner)
    return found


def refusal(text: str | bytes) -> str:
    """Why a configuration is refused."""
    with pytest.raises(UsageError) as caught:
        parse(text if isinstance(text, bytes) else text.encode(), "bartizan.yaml")
    return str(caught.value)


def test_the_shipped_schema_is_the_one_of_the_types() -> None:
    text = msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"
    if os.environ.get("BARTIZAN_GOLDEN"):
        SCHEMA.write_text(text)
    assert SCHEMA.read_text() == text, "renew with BARTIZAN_GOLDEN=1"


def test_every_key_is_described() -> None:
    assert [place for place, text in described("", schema()).items() if len(text) < 10] == []


def test_the_schema_is_one_and_takes_what_the_reader_takes() -> None:
    validator = jsonschema_rs.validator_for(schema())
    for text in ("{}", WHOLE, *(line for line in WHOLE.splitlines() if not line.startswith((" ", "checks")))):
        parse(text.encode(), "bartizan.yaml")
        assert validator.is_valid(read(text).documents[0].value)


def test_every_configuration_in_the_repository_fits_the_schema() -> None:
    """Files, and the blocks of the guides that begin with one of its keys."""
    root = Path(__file__).parents[2]
    texts = [file.read_text() for file in root.glob("[!.]*/**/bartizan.yaml")]
    guides = [root / "README.md", *sorted((root / "docs").glob("*.md"))]
    blocks = [block for file in guides if file.exists() for block in YAML.findall(file.read_text())]
    texts += [block for block in blocks if block.partition(":")[0] in KEYS]
    validator = jsonschema_rs.validator_for(schema())
    for text in texts:
        parse(text.encode(), "bartizan.yaml")
        assert validator.is_valid(read(text).documents[0].value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fail-no: high", "bartizan.yaml:1: unknown key `fail-no`; did you mean `fail-on`?"),
        ("a: 1", "bartizan.yaml:1: unknown key `a`; known are checks, exceptions, exclude"),
        ("\nchecks:\n  skip: [x]", "bartizan.yaml:3: unknown key `skip`"),
        ("fail-on: hihg", "`fail-on`: invalid enum value 'hihg'; allowed are critical, high, medium, low, info"),
        ("\nlevel: x", "bartizan.yaml:2: `level`: invalid enum value 'x'; allowed are baseline, restricted"),
        ("persona: x", "bartizan.yaml:1: `persona`: invalid enum value 'x'; allowed are regular, strict, audit"),
        ("severity: {root-user: x}", "invalid enum value 'x'; allowed are critical, high"),
        ("\nexclude:\n  - a\n  - 1", "bartizan.yaml:4: `exclude[1]`: expected `str`, got `int`"),
        ("\n[1]", "bartizan.yaml:2: a mapping is expected"),
        ("persona: audit\npersona: strict", "bartizan.yaml:2: `persona` stands twice"),
        ("persona: audit\n---\npersona: strict", "bartizan.yaml:3: one document is expected, found 2"),
        ("exclude: [1]", "`exclude[0]`: expected `str`, got `int`"),
        ("checks: all", "`checks`: expected `object`, got `str`"),
        ("checks: {params: {root-user: 5}}", "`checks.params[...]`: expected `object`, got `int`"),
        ("kubernetes-version: 1.36", 'bartizan.yaml:1: put the version in quotes, as in "1.36": '),
        (
            "# x\nkubernetes-version: 1.30 # y",
            'bartizan.yaml:2: put the version in quotes, as in "1.30": without them YAML reads the number 1.3',
        ),
        ("kubernetes-version: 1", 'as in "1": without them YAML reads the number 1'),
        ("kubernetes-version: true", "`kubernetes-version`: expected `str | null`, got `bool`"),
        ("[1]", "a mapping is expected"),
        ("text", "a mapping is expected"),
        ("a: [", "bartizan.yaml:1:"),
        ("persona: audit\npersona: strict", "`persona` stands twice"),
        ("persona: audit\n---\npersona: strict", "one document is expected, found 2"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, message: str) -> None:
    """And the schema refuses it as well, as far as it is about values."""
    assert message in refusal(text)
    documents = read(text).documents
    if len(documents) == 1 and not documents[0].duplicates:
        assert not jsonschema_rs.validator_for(schema()).is_valid(documents[0].value)


@pytest.mark.parametrize("text", [b"\xff", b"\x00", "[" * 100_000])
def test_what_is_no_text_is_refused_too(text: bytes | str) -> None:
    assert refusal(text).startswith("bartizan.yaml:1:")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "null\n", "{}\n"])
def test_an_empty_file_says_nothing(text: str) -> None:
    assert parse(text.encode(), "bartizan.yaml") == Configuration()


def test_a_key_left_empty_says_nothing() -> None:
    """Neither to the reader nor to the schema."""
    validator = jsonschema_rs.validator_for(schema())
    for text in (*(f"{key}:\n" for key in sorted(KEYS)), "checks: {select: , ignore: null, params: ~}"):
        assert parse(text.encode(), "bartizan.yaml") == Configuration(), text
        assert validator.is_valid(read(text).documents[0].value), text


def test_every_key_is_read() -> None:
    made = parse(WHOLE.encode(), "bartizan.yaml")
    assert msgspec.json.decode(msgspec.json.encode(made)) == read(WHOLE).documents[0].value


def test_the_nearest_file_up_the_tree_counts(tmp_path: Path) -> None:
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c" / "pod.yaml").write_text("")
    assert nearest(tmp_path / "a" / "b" / "c") is None
    for folder in (tmp_path, tmp_path / "a" / "b"):
        (folder / "bartizan.yaml").write_text("")
        for start in (folder, tmp_path / "a" / "b" / "c", tmp_path / "a" / "b" / "c" / "pod.yaml"):
            assert nearest(start) == folder / "bartizan.yaml"


def test_the_root_of_a_repository_ends_the_search(tmp_path: Path) -> None:
    (tmp_path / "bartizan.yaml").write_text("")
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "repository" / "deploy").mkdir()
    assert nearest(tmp_path / "repository" / "deploy") is None
    (tmp_path / "repository" / "bartizan.yaml").write_text("")
    assert nearest(tmp_path / "repository" / "deploy") == tmp_path / "repository" / "bartizan.yaml"


def test_a_folder_of_that_name_is_no_configuration(tmp_path: Path) -> None:
    (tmp_path / "bartizan.yaml").mkdir()
    assert nearest(tmp_path) is None


def test_a_file_that_cannot_be_read_is_not_passed_over(tmp_path: Path) -> None:
    """A run without the rules that somebody wrote would not be theirs."""
    place = tmp_path / "bartizan.yaml"
    place.symlink_to("nowhere")
    assert nearest(tmp_path) == place
    with pytest.raises(UsageError, match="there is no such file"):
        load(place)
    place.unlink()
    os.mkfifo(place)
    assert nearest(tmp_path) == place
    with pytest.raises(UsageError, match="it is no regular file"):
        load(place)


def test_a_file_without_end_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bartizan.sources.blob.MAX_BYTES", 10)
    (tmp_path / "bartizan.yaml").write_text("# a long note\n")
    with pytest.raises(UsageError, match="split or exclude it"):
        load(tmp_path / "bartizan.yaml")


def test_a_suggestion_is_the_nearest_word_or_all_of_them() -> None:
    assert suggestion("hihg", ["high", "low"]) == "; did you mean `high`?"
    assert suggestion("zzz", ["low", "high"]) == "; known are high, low"


def test_a_tag_of_python_makes_no_python() -> None:
    """It is data, whatever a tag says."""
    made = parse(b"exclude: !!python/object/apply:os.system ['true']", "bartizan.yaml")
    assert made.exclude == ("true",)
