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
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is missing: the formulas of the workbook were NOT checked")
    folder = workbook.parent / "recalculated"
    command = [
        program,
        "--headless",
        f"-env:UserInstallation={(workbook.parent / 'libreoffice-profile').as_uri()}",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(folder),
        str(workbook),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    made = folder / workbook.name
    assert made.exists(), done.stdout + done.stderr
    return load_workbook(made, data_only=True)
