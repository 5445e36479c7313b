"""From what the user names to the documents in it: files and folders, their names in the output, their bytes.

A document's `file` is its path below the folder that was given ("/" between), or its bare name when the file itself was
given. Where two inputs would have the same name, each keeps the shortest path that tells them apart.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from extract import media_types
from extract.encoding import is_thai_bytes
from extract.errors import DocumentError
from extract.limits import LIMITS, Limits
from schemas.outcome import Status

# left behind by file managers and office programs: no documents
_LITTER = frozenset((".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".localized", ".directory"))
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Given:
    """A file that was given. path: absolute. shown: the parts of its path as text. depth: how many of them lie below the
    given folder (1 for a file that was itself given)."""

    path: Path
    shown: tuple[str, ...]
    depth: int

    @property
    def key(self) -> str:
        """The path as text, different for different paths whatever their bytes."""
        return os.fsencode(self.path).decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Source:
    """A document's bytes, not looked at yet. file: its name in the output."""

    file: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """A document whose kind is known."""

    file: str
    sha256: str
    media_type: str
    data: bytes


def given_files(paths: Iterable[Path]) -> list[Given]:
    """Every file below the paths, each once. Raises FileNotFoundError (the path) for one that does not exist."""
    depths: dict[Path, int] = {}
    for path in paths:
        absolute = Path(os.path.abspath(path))
        if absolute.is_dir():
            below = [(file, len(file.parts) - len(absolute.parts)) for file in _files_below(absolute)]
        elif os.path.lexists(absolute):
            below = [(absolute, 1)]
        else:
            raise FileNotFoundError(path)
        for file, depth in below:  # given twice: the longer name, so that the order does not matter
            depths[file] = max(depth, depths.get(file, 0))
    return [_given(path, depths[path]) for path in sorted(depths)]


def _given(path: Path, depth: int) -> Given:
    return Given(path, tuple(readable_name(part) for part in path.parts[1:]), depth)


def _files_below(folder: Path) -> Iterator[Path]:
    """Files of a folder and its folders, and folders that cannot be listed; hidden folders, links to folders and litter
    left out."""
    closed: list[OSError] = []
    for where, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not os.path.islink(os.path.join(where, name))
        )
        yield from (Path(where, name) for name in sorted(files) if not is_litter(name))
    yield from (path for path in (Path(error.filename) for error in closed) if path != folder)


def is_litter(name: str) -> bool:
    return name.lower() in _LITTER or name.startswith(("._", "~$"))


class Placed(Protocol):
    """What has a place among the files given: see Given."""

    @property
    def key(self) -> str: ...
    @property
    def shown(self) -> tuple[str, ...]: ...
    @property
    def depth(self) -> int: ...


def names_of(given: Iterable[Placed]) -> dict[str, str]:
    """`file` by key: as many last parts of the path as it takes to tell all names apart, at least `depth`."""
    by_key = {one.key: one for one in given}
    lengths = {key: one.depth for key, one in by_key.items()}
    while True:
        groups: dict[str, list[str]] = defaultdict(list)
        for key in sorted(by_key):
            groups["/".join(by_key[key].shown[-lengths[key] :])].append(key)
        unlike = (keys for keys in groups.values() if len({by_key[key].shown for key in keys}) > 1)
        longer = [key for keys in unlike for key in keys if lengths[key] < len(by_key[key].shown)]
        if not longer:  # paths that differ in bytes only are counted
            return {key: name if not n else f"{name} ({n + 1})" for name, keys in groups.items() for n, key in enumerate(keys)}
        for key in longer:
            lengths[key] += 1


def readable_name(name: str) -> str:
    """A file's name as text; bytes that are not UTF-8 as TIS-620, else escaped."""
    raw = os.fsencode(name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp874" if is_thai_bytes(raw) else "utf-8", "backslashreplace")


def check_file(path: Path, limits: Limits = LIMITS) -> int:
    """Size of a regular file. Raises DocumentError: unsupported/not-a-file, damaged/cannot-open, empty, too_large."""
    try:
        state = path.stat()
    except OSError as error:
        raise DocumentError(Status.DAMAGED, "cannot-open", str(error.strerror)) from error
    if stat.S_ISDIR(state.st_mode):  # only one that cannot be listed comes here
        raise DocumentError(Status.DAMAGED, "cannot-open", "folder")
    if not stat.S_ISREG(state.st_mode):
        raise DocumentError(Status.UNSUPPORTED, "not-a-file")
    if state.st_size > limits.file_bytes:
        raise DocumentError(Status.TOO_LARGE, "file-bytes", str(limits.file_bytes))
    return state.st_size


def sha256_of(path: Path) -> str:
    """Hash of a file's bytes. Raises DocumentError damaged/cannot-open."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise DocumentError(Status.DAMAGED, "cannot-open", str(error.strerror)) from error
    return digest.hexdigest()


def open_source(source: Source, limits: Limits = LIMITS) -> Opened:
    """Tells the document's kind. Raises DocumentError: empty/no-bytes, too_large/file-bytes, encrypted/office-password."""
    if not source.data:
        raise DocumentError(Status.EMPTY, "no-bytes")
    if len(source.data) > limits.file_bytes:
        raise DocumentError(Status.TOO_LARGE, "file-bytes", str(limits.file_bytes))
    kind = media_types.media_type(source.data, source.file)
    if kind == media_types.ENCRYPTED_OFFICE:
        raise DocumentError(Status.ENCRYPTED, "office-password")
    return Opened(source.file, hashlib.sha256(source.data).hexdigest(), kind, source.data)
