"""OpenDocument packages with a password: each part is encrypted by itself, as the manifest says.

Read is what LibreOffice and WPS write: AES-256 with a key of PBKDF2 (OpenDocument 1.2, part 3, section 4.8). The only
importer of cryptography.
"""

from __future__ import annotations

import hashlib
import hmac
import zlib
from base64 import b64decode
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from lxml import etree

from xltool.errors import RefusedFile
from xltool.intake import limits
from xltool.intake.package import MANIFEST, Package, attribute, local

_KEY = 32  # bytes of an AES-256 key
_CHECKED = 1024  # bytes that the checksum is over


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lock:
    """How one part is encrypted."""

    iv: bytes
    salt: bytes
    iterations: int
    start: str  # hash of the password
    checksum: bytes


def unlocked_part(package: Package, name: str, password: str | None) -> bytes:
    """The content of a part of an encrypted package; nothing where it has none of this name.

    Raises:
        RefusedFile: `encrypted`: no password was given, or not the right one, or in a way that is not read.
    """
    if password is None:
        raise RefusedFile("encrypted")
    entries = [entry for entry in package.xml(MANIFEST).iter() if local(entry) == "file-entry"]
    own = [child for entry in entries if attribute(entry, "full-path") == name for child in entry]
    if not own:
        if any(attribute(entry, "full-path") == "encrypted-package" for entry in entries):
            raise RefusedFile("encrypted", said="unknown_encryption")
        return package.part(name) if package.has(name) else b""
    return _decrypted(package.part(name), _lock(own[0]), password)


def _decrypted(data: bytes, lock: _Lock, password: str) -> bytes:
    start = hashlib.new(lock.start, password.encode()).digest()
    key = hashlib.pbkdf2_hmac("sha1", start, lock.salt, lock.iterations, _KEY)
    decryptor = Cipher(algorithms.AES256(key), modes.CBC(lock.iv)).decryptor()
    padded = decryptor.update(data) + decryptor.finalize()
    content = padded[: -padded[-1]] if padded else b""
    if not hmac.compare_digest(hashlib.sha256(content[:_CHECKED]).digest(), lock.checksum):
        raise RefusedFile("encrypted", said="wrong_password")
    inflated = zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, limits.PART + 1)
    if len(inflated) > limits.PART:
        raise limits.too_large("解压后过大")
    return inflated


def _lock(data: etree._Element) -> _Lock:
    kinds = {local(part): part for part in data.iter()}
    names = [attribute(part, name) or "" for part in data.iter() for name in ("algorithm-name", "key-derivation-name")]
    algorithm, derivation = kinds["algorithm"], kinds["key-derivation"]
    said = " ".join(names).lower()
    if not ("aes256-cbc" in said and "pbkdf2" in said and "sha256-1k" in (attribute(data, "checksum-type") or "")):
        raise RefusedFile("encrypted", said="unknown_encryption")
    generation = kinds.get("start-key-generation")
    start = "" if generation is None else attribute(generation, "start-key-generation-name") or ""
    return _Lock(
        iv=b64decode(attribute(algorithm, "initialisation-vector") or ""),
        salt=b64decode(attribute(derivation, "salt") or ""),
        iterations=int(attribute(derivation, "iteration-count") or 1),
        start="sha256" if start.lower().endswith("sha256") else "sha1",
        checksum=b64decode(attribute(data, "checksum") or ""),
    )
