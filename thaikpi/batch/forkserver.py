"""The process that workers are forked from: it loads the readers once for all of them, while its parent is still loading its own.

Light, so that a command can begin it first of all: of a run over 20 scans 0.7 s of processor time lie in the readers' modules and
0.5 s in the parent's, which no number of workers shortens.
"""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing import forkserver
from multiprocessing.context import BaseContext

# one thread a process: two OpenMP threads on a busy machine took 173 s for a page that takes 2 s
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# onnxruntime starts a thread of its own as it is loaded: it comes after the fork
_LOADED = ("thaikpi.batch.worker", "extract.ocr.reader")


def begin() -> BaseContext:
    """Starts it unless it runs, and does not wait for it."""
    for name, value in {**_ONE_THREAD, "MALLOC_ARENA_MAX": "2"}.items():
        os.environ.setdefault(name, value)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_LOADED))
    forkserver.ensure_running()
    return context
