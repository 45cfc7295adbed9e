"""JUnit XML, for the test views of Jenkins, GitLab, Azure DevOps and others.

One suite for each check. Each finding is a test case named like its object and field: a failure where it
counts, skipped with the reason where an exception suppresses it or the change fixed it. Objects that a check
could not judge are errors, those it cannot judge here are skipped cases. A check that found nothing has one
passing case; one that no object concerned has one skipped case.

The first suite, `coverage`, fails with an error for each thing in scope that could not be read, and where
there was nothing to look at: an incomplete run is never green. Its properties say by which rules the run
judged and how much it saw.
"""

from collections.abc import Iterable, Iterator
from html import escape

from bartizan.model.report import Report
from bartizan.reports import _summary as summary
from bartizan.reports._harmless import xml_safe
from bartizan.reports._junit_cases import Case, check_cases, coverage_cases
from bartizan.reports.format import Options, ReportFormat


def _render(report: Report, _options: Options) -> str:
    coverage = list(coverage_cases(report))
    suites = [("coverage", coverage), *check_cases(report).items()]
    every = [case for _, cases in suites for case in cases]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites {_counted('Bartizan', every)}>",
        *(line for name, cases in suites for line in _suite(name, cases, report)),
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _suite(name: str, cases: list[Case], report: Report) -> Iterator[str]:
    yield f"  <testsuite {_counted(name, cases)}>"
    if name == "coverage":
        yield from _properties(report)
    for case in cases:
        yield from _case(case, name)
    yield "  </testsuite>"


def _counted(name: str, cases: Iterable[Case]) -> str:
    outcomes = [case.outcome for case in cases]
    return _attributes(
        {
            "name": name,
            "tests": len(outcomes),
            "failures": outcomes.count("failure"),
            "errors": outcomes.count("error"),
            "skipped": outcomes.count("skipped"),
        }
    )


def _properties(report: Report) -> Iterator[str]:
    coverage, header = report.coverage, report.header
    properties: dict[str, str | int] = {
        "headline": summary.headline(report),
        "engineVersion": header.version,
        "policySet": header.policy_set,
        "kubernetesVersion": header.kubernetes_version,
        "asOf": header.as_of,
        "run": summary.title(report),
        "evaluated": coverage.evaluated,
        "inScope": coverage.in_scope,
        "unknowns": len(report.unknowns),
        "exitStatus": report.exit_status,
        "gate": report.gate,
    }
    yield "    <properties>"
    for name, value in properties.items():
        yield f"      <property {_attributes({'name': name, 'value': value})}/>"
    yield "    </properties>"


def _case(case: Case, suite: str) -> Iterator[str]:
    place = {"file": case.file} if case.file else {}
    line = {"line": case.line} if case.line else {}
    opening = _attributes({"name": case.name, "classname": f"bartizan.{suite}", **place, **line})
    if not case.outcome:
        yield f"    <testcase {opening}/>"
        return
    kind = {"type": case.kind} if case.kind and case.outcome != "skipped" else {}
    what = _attributes({"message": case.message, **kind})
    body = f">{_text(case.text)}</{case.outcome}>" if case.text else "/>"
    yield f"    <testcase {opening}>"
    yield f"      <{case.outcome} {what}{body}"
    yield "    </testcase>"


def _attributes(values: dict[str, str | int]) -> str:
    return " ".join(f'{name}="{_attribute(str(value))}"' for name, value in values.items())


def _attribute(text: str) -> str:
    return _text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def _text(text: str) -> str:
    return escape(xml_safe(text), quote=False)


report = ReportFormat(name="junit", accepts=frozenset({"findings"}), render=_render)
