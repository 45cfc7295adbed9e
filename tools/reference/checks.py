"""One page for each check, and the table of all."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

import msgspec

import bartizan.checks
from bartizan.app import plugins
from bartizan.checks.check import Check
from bartizan.model.finding import SEVERITIES
from tools.reference.kinds import kind, plain

AREAS = {
    "pod": "Pods and what makes them",
    "rbac": "Access",
    "network": "Network",
    "namespace": "Namespaces",
    "secret": "Secrets",
    "object": "Any object",
    "gate": "The gate itself",
}
"""Titles of the folders below `checks/`, in the order in which a reader wants them."""

JUDGES = {
    "container": "every container of every pod, and of every object that makes pods",
    "pod": "every pod, and every object that makes pods",
    "object": "every object",
    "exception": "every exception under `.bartizan/exceptions/`",
    "change": "what a change does to its own gate (`bartizan diff`)",
}


def built_in() -> dict[str, Check]:
    """Our own checks by `area/id`; one that another package brings is documented there."""
    home = Path(bartizan.checks.__path__[0])
    found = {}
    for check in plugins.checks():
        for file in home.glob(f"*/{check.id.replace('-', '_')}.py"):
            found[f"{file.parent.name}/{check.id}"] = check
    return found


def check_index(checks: Mapping[str, Check]) -> str:
    """The table of all checks, by area."""
    lines = [
        "# Checks",
        "",
        f"{len(checks)} checks. `bartizan explain ID` shows a page at the terminal, `bartizan checks` this list.",
        "A *strict* check runs with `--persona strict`, an *audit* check with `--persona audit`.",
    ]
    areas = sorted({name.partition("/")[0] for name in checks}, key=_area_order)
    for area in areas:
        lines += ["", f"## {AREAS.get(area, area.capitalize())}", ""]
        lines += ["| Check | | Severity | Persona | Pod Security |", "|---|---|---|---|---|"]
        mine = [check for name, check in checks.items() if name.startswith(area + "/")]
        mine.sort(key=lambda check: (SEVERITIES.index(check.severity), check.id))
        lines += [_row(check) for check in mine]
    return "\n".join(lines)


def _row(check: Check) -> str:
    link = f"[`{check.id}`]({check.id}.md)"
    return f"| {link} | {check.title} | {check.severity} | {check.persona} | {check.level or ''} |"


def _area_order(area: str) -> tuple[int, str]:
    return (list(AREAS).index(area) if area in AREAS else len(AREAS), area)


def check_page(check: Check) -> str:
    """The page of one check."""
    parts = [
        f"# {check.title}",
        f"`{check.id}`",
        "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in _facts(check))]),
        check.documentation.partition("\n")[2].strip(),
        _parameters(check),
        _native(check),
        _configure(check),
        _except(check),
        "\n".join(["## References", "", *(f"- <{reference}>" for reference in check.references)])
        if check.references
        else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _facts(check: Check) -> Iterator[tuple[str, str]]:
    yield "Severity", check.severity
    yield "Confidence", check.confidence
    yield "Persona", check.persona
    kinds = ", ".join(f"`{kind}`" for kind in check.kinds)
    yield "Judges", f"every {kinds}" if kinds else JUDGES[check.judges]
    if check.level:
        yield "Pod Security", f"{check.level}, control `{check.standard}`"
    if check.rules:
        first, *later = (minor for minor, _ in check.rules)
        changed = "".join(f", changed in 1.{minor}" for minor in later)
        yield "Kubernetes", f"{f'from 1.{first} on' if first else 'every version'}{changed}"
    if check.needs:
        yield "Needs", ", ".join(check.needs)
    if check.overrides:
        replaced = ", ".join(f"[`{name}`]({name}.md)" for name in check.overrides)
        yield "Contains", f"{replaced}, which it replaces at the level `{check.level}`"


def _parameters(check: Check) -> str:
    fields = msgspec.structs.fields(check.params)
    if not fields:
        return ""
    told = _told(check.params)
    rows = [f"| {' | '.join(_parameter(field, told))} |" for field in fields]
    table = ["## Parameters", "", "| Name | Type | Default | |", "|---|---|---|---|", *rows]
    example = "".join(f"      {field.encode_name}: {plain(_default(field))}\n" for field in fields)
    config = f"```yaml\n# bartizan.yaml\nchecks:\n  params:\n    {check.id}:\n{example}```"
    return "\n".join([*table, "", config])


def _parameter(field: msgspec.structs.FieldInfo, told: Mapping[str, str]) -> tuple[str, ...]:
    return f"`{field.encode_name}`", _type(field.type), f"`{plain(_default(field))}`", told.get(field.name, "")


def _default(field: msgspec.structs.FieldInfo) -> Any:
    return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()


def _type(given: Any) -> str:
    """A type in a reader's words."""
    schema = msgspec.json.schema(given)
    return kind(schema, schema.get("$defs", {}))


def _told(struct: type[msgspec.Struct]) -> dict[str, str]:
    """The sentence below each field of a struct."""
    body = ast.parse(dedent(inspect.getsource(struct))).body[0]
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - a class has the source of a class
    told, name = {}, ""
    for node in body.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            name = node.target.id
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and name:
            told[name] = " ".join(str(node.value.value).split())
    return told


def _native(check: Check) -> str:
    if check.native is None:
        return ""
    kinds = ", ".join(f"`{kind}`" for kind in check.native.kinds)
    rules = "\n".join(f"// {rule.message}\n{rule.expression}" for rule in check.native.rules)
    return f"## The same as CEL\n\nFor {kinds}; true passes.\n\n```cel\n{rules}\n```"


def _configure(check: Check) -> str:
    other = "medium" if check.severity in ("high", "critical") else "high"
    text = f"""\
        ## Configure

        ```yaml
        # bartizan.yaml
        severity:
          {check.id}: {other}
        ```
        """
    if check.judges in ("exception", "change"):
        return dedent(text).strip()
    more = f"""\

        To leave it out of every run:

        ```yaml
        # bartizan.yaml
        checks:
          ignore: [{check.id}]
        ```
        """
    return (dedent(text) + dedent(more)).strip()


def _except(check: Check) -> str:
    if check.judges in ("exception", "change"):
        return ""
    kind = check.kinds[0].kind if check.kinds else "Deployment"
    entry = f"""\
        # .bartizan/exceptions/web.yaml
        apiVersion: bartizan.dev/v1alpha1
        kind: Exception
        metadata:
          name: web-{check.id}
        spec:
          target: {{check: {check.id}}}
          subjects:
            - {{kind: {kind}, name: web}}
          owner: shop-team
          reason: Why it is right here, for whoever reads it next.
          until: YYYY-MM-DD
        """
    return f"## Except one object\n\n```yaml\n{dedent(entry)}```"
