from bartizan.model.finding import Location
from bartizan.reports.github import _command
from tests.reports.formats import render
from tests.reports.sample import DIFF, SCAN


def lines(report: object = SCAN) -> list[str]:
    return render("github", report).splitlines()  # type: ignore[arg-type] # names from a table


def test_errors_then_what_was_not_seen_then_warnings_then_the_whole_then_the_rest() -> None:
    commands = [line.split(" ")[0].strip(":") for line in lines()]

    assert commands == ["error"] * 3 + ["warning"] * 4 + ["warning"] * 4 + ["notice"] + ["notice"] * 2
    assert "title=not looked at%3A" in lines()[3]
    assert lines()[11].startswith("::notice title=Bartizan 0.1.0::9 findings on 5 objects; 7 of 10 in scope")


def test_a_place_is_told_as_far_as_it_is_known() -> None:
    assert _command("error", Location("a.yaml", 3, 5, 3, 9), "t", "m") == (
        "::error file=a.yaml,line=3,endLine=3,col=5,endColumn=9,title=t::m"
    )
    assert _command("error", Location("a.yaml", 3, 5, 7, 9), "t", "m") == (
        "::error file=a.yaml,line=3,endLine=7,col=5,title=t::m"
    )
    assert _command("notice", Location(""), "t", "m") == "::notice title=t::m"


def test_properties_and_text_are_escaped_as_the_runner_reads_them() -> None:
    assert _command("error", Location("a,b:c%.yaml"), "t:1,2", "50%\r\nnext, line: x") == (
        "::error file=a%2Cb%3Ac%25.yaml,title=t%3A1%2C2::50%25%0Anext, line: x"
    )


def test_suppressed_and_fixed_findings_are_counted_and_not_annotated() -> None:
    assert not any("node-agent-needs-devices" in line for line in lines())
    assert "suppressed 2" in lines()[11]
    assert not any("hostPID" in line for line in lines(DIFF))
    assert any("fixed 2" in line for line in lines(DIFF))
