"""Builds extract/pdf/libbulk.so where a C compiler is there; without one the wheel is pure Python and reads through ctypes.

The library is loaded by ctypes and links nothing of Python, so the wheel fits every Python 3 of this platform.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER, LIBRARY = "extract/pdf", "extract/pdf/libbulk.so"
FLAGS = ("-O2", "-ffp-contract=off", "-shared", "-fPIC")  # no fused arithmetic: the same bits as without the library


class BulkBuildHook(BuildHookInterface):  # type: ignore[misc, type-arg, unused-ignore]
    """For wheels, editable ones included. Set THAIKPI_NO_C=1 for a wheel of pure Python."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        library = Path(self.root) / LIBRARY
        if self.target_name != "wheel" or not compiled(Path(self.root) / FOLDER, library):
            return
        build_data["artifacts"].append(LIBRARY)
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform_tag()}"


def compiled(folder: Path, library: Path) -> bool:
    """Whether the library is there, newer than the folder's C sources. Never raises: the library is optional."""
    if os.environ.get("THAIKPI_NO_C") or sys.platform not in ("linux", "darwin"):
        library.unlink(missing_ok=True)
        return False
    newest = max(source.stat().st_mtime for source in folder.glob("*.[ch]"))
    if library.exists() and library.stat().st_mtime >= newest:
        return True
    names = (os.environ.get("CC") or "cc", "gcc", "clang")
    compiler = next((found for name in names if (found := shutil.which(name))), None)
    if compiler is None:
        return False
    made = library.with_suffix(".tmp")
    try:
        command = [compiler, *FLAGS, "-o", str(made), *sorted(map(str, folder.glob("*.c"))), "-lm"]
        run = subprocess.run(command, capture_output=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    if run.returncode == 0:
        made.replace(library)  # another process may have the old one open
    made.unlink(missing_ok=True)
    return run.returncode == 0


def platform_tag() -> str:
    """As in a wheel's name: linux_x86_64, macosx_14_0_arm64."""
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")
