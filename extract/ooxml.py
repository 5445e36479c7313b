"""The parts of an Office Open XML file (a zip of XML), read within limits and parsed without entities, DTD and network."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from extract.errors import DocumentError
from extract.limits import Limits
from schemas.outcome import Status

_ON = frozenset(("1", "true", "on", None))
_BROKEN = (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error, struct.error)
_DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))


def name_of(element: etree._Element) -> str:
    """Local name: transitional and strict OOXML differ in their namespaces only."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value_of(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute by its local name."""
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child by local names."""
    for name in path:
        element = next((item for item in element if name_of(item) == name), None) if element is not None else None
    return element


def is_on(element: etree._Element | None) -> bool:
    return element is not None and value_of(element) in _ON


class Package:
    """The parts of an OOXML file, each read within the limits and parsed without entities, DTD and network."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.limits = limits
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise DocumentError(Status.DAMAGED, "zip", str(error)) from error
        if any(member.flag_bits & 1 for member in self.zip.infolist()):
            raise DocumentError(Status.ENCRYPTED, "password")
        self.names = {name.filename.lstrip("/").lower(): name for name in self.zip.infolist()}
        self.path = ""
        self.relations: list[tuple[str, str, str]] = []  # id, type, target

    def main(self) -> etree._Element:
        """The body of the main document."""
        found = [target for _, kind, target in self._relations("_rels/.rels", "") if kind == "officeDocument"]
        self.path = next((path for path in (*found, "word/document.xml") if path.lower() in self.names), "")
        root = self.part(self.path) if self.path else None
        body = child(root, "body")
        if body is None:
            raise DocumentError(Status.DAMAGED, "no-document")
        folder, _, name = self.path.rpartition("/")
        self.relations = self._relations(f"{folder}/_rels/{name}.rels", folder)
        return body

    def related(self, kind: str) -> etree._Element | None:
        """The part of that kind, e.g. "styles"; None where there is none or it is broken (the text does not depend on it)."""
        target = next((target for _, found, target in self.relations if found == kind), None)
        return self.part(target) if target else None

    def headers(self, body: etree._Element) -> Iterator[etree._Element]:
        """Headers in the order of the sections that use them, each once."""
        used = [value_of(item, "id") for item in body.iter() if name_of(item) == "headerReference"]
        targets = {identity: target for identity, kind, target in self.relations if kind == "header"}
        for target in dict.fromkeys(targets[identity] for identity in used if identity in targets):
            if (part := self.part(target)) is not None:
                yield part

    def part(self, path: str) -> etree._Element | None:
        member = self.names.get(path.lower())
        return None if member is None else self._parsed(self._bytes(member), path)

    def _bytes(self, member: zipfile.ZipInfo) -> bytes:
        if member.file_size > 1 << 20 and member.file_size > self.limits.archive_ratio * max(1, member.compress_size):
            raise DocumentError(Status.TOO_LARGE, "zip-bomb", member.filename)
        try:
            with self.zip.open(member) as stream:
                data = stream.read(self.limits.xml_bytes + 1)
        except _BROKEN as error:
            raise DocumentError(Status.DAMAGED, "zip", str(error)) from error
        if len(data) > self.limits.xml_bytes:
            raise DocumentError(Status.TOO_LARGE, "xml-bytes", member.filename)
        return data

    def _parsed(self, data: bytes, path: str) -> etree._Element:
        if any(doctype in data[:8192] for doctype in _DOCTYPES):
            raise DocumentError(Status.DAMAGED, "doctype", path)
        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if "depth" in str(error).lower():
                raise DocumentError(Status.TOO_LARGE, "depth", path) from error
            raise DocumentError(Status.DAMAGED, "xml", f"{path}: {error}") from error

    def _relations(self, path: str, folder: str) -> list[tuple[str, str, str]]:
        root = self.part(path)
        found = []
        for item in root if root is not None else ():
            target = value_of(item, "Target") or ""
            whole = target.lstrip("/") if target.startswith("/") or not folder else f"{folder}/{target}"
            found.append((value_of(item, "Id") or "", (value_of(item, "Type") or "").rpartition("/")[2], whole))
        return found
