"""A workbook as LibreOffice sees it once it has worked out every formula."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook


def recalculated(workbook: Path) -> Workbook:
    """The workbook with the values of its formulas; skips where LibreOffice is missing, which CI refuses.

    Tests that call it bear the mark `libreoffice`.
    """
    return all_recalculated(workbook)[0]


def all_recalculated(*workbooks: Path) -> list[Workbook]:
    """The same for several workbooks of one folder: LibreOffice is started once."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is missing: the formulas of the workbook were NOT checked")
    here = workbooks[0].parent
    command = [
        program,
        "--headless",
        f"-env:UserInstallation={(here / 'libreoffice-profile').as_uri()}",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(here / "recalculated"),
        *map(str, workbooks),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    made = [here / "recalculated" / workbook.name for workbook in workbooks]
    assert all(one.exists() for one in made), done.stdout + done.stderr
    return [load_workbook(one, data_only=True) for one in made]
