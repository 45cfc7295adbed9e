"""The README shows what a reader will see. `BARTIZAN_GOLDEN=1` renews the transcript."""

import os
import re
from datetime import date
from pathlib import Path

from bartizan.app.plugins import report_format
from bartizan.app.scan import Flags, scan
from bartizan.reports.format import Options

ROOT = Path(__file__).parents[1]
COMMAND = "bartizan scan examples/harbor-market/access"
BLOCK = re.compile(rf"```console\n\$ {re.escape(COMMAND)}\n(?P<output>.*?)```", re.DOTALL)
DAY = date(2026, 11, 24)


def test_the_transcript_is_what_the_command_prints() -> None:
    readme = ROOT / "README.md"
    report = scan((COMMAND.rpartition(" ")[2],), Flags(), DAY, cwd=ROOT)
    printed = report_format("table").render(report, Options())
    if os.environ.get("BARTIZAN_GOLDEN"):
        text = BLOCK.sub(lambda _: f"```console\n$ {COMMAND}\n{printed}```", readme.read_text())
        readme.write_text(text)
    shown = BLOCK.search(readme.read_text())
    assert shown is not None
    assert shown["output"] == printed
