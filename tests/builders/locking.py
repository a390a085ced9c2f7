"""Files that open with a password, made as other programs make them."""

from __future__ import annotations

import base64
import hashlib
import os
import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

import msoffcrypto
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def workbook_with_password(data: bytes, password: str) -> bytes:
    """An .xlsx as Excel 2010 and later encrypt it (agile)."""
    target = BytesIO()
    msoffcrypto.OfficeFile(BytesIO(data)).encrypt(password, target)
    return target.getvalue()


def _crc(byte: int, crc: int) -> int:
    return zlib.crc32(bytes([byte]), crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF


class _ZipCrypto:
    """The old encryption of zips, which the standard library can only undo."""

    def __init__(self, password: bytes) -> None:
        self.keys = [0x12345678, 0x23456789, 0x34567890]
        for byte in password:
            self._update(byte)

    def _update(self, byte: int) -> None:
        self.keys[0] = _crc(byte, self.keys[0])
        self.keys[1] = ((self.keys[1] + (self.keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        self.keys[2] = _crc(self.keys[1] >> 24, self.keys[2])

    def encrypt(self, data: bytes) -> bytes:
        out = bytearray()
        for byte in data:
            key = self.keys[2] | 2
            out.append(byte ^ ((key * (key ^ 1) >> 8) & 0xFF))
            self._update(byte)
        return bytes(out)


def zip_with_password(members: Mapping[str, bytes], password: bytes) -> bytes:
    """A zip with encrypted members and names in GBK."""
    body, directory = bytearray(), bytearray()
    for name, data in members.items():
        crc, stored = zlib.crc32(data), name.encode("gbk")
        content = _ZipCrypto(password).encrypt(os.urandom(11) + bytes([crc >> 24]) + data)
        sizes = (crc, len(content), len(data), len(stored))
        offset = len(body)
        body += struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 1, 0, 0, 33, *sizes, 0) + stored + content
        directory += struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 1, 0, 0, 33, *sizes, 0, 0, 0, 0, 0, offset)
        directory += stored
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return bytes(body + directory + end)


def ods_with_password(data: bytes, password: str) -> bytes:
    """An .ods as LibreOffice encrypts it: AES-256, PBKDF2."""
    target, entries = BytesIO(), []
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            if name in ("mimetype", "META-INF/manifest.xml"):
                continue
            salt, iv = os.urandom(16), os.urandom(16)
            compressor = zlib.compressobj(wbits=-15)
            content = compressor.compress(source.read(name)) + compressor.flush()
            key = hashlib.pbkdf2_hmac("sha1", hashlib.sha256(password.encode()).digest(), salt, 1000, 32)
            padding = 16 - len(content) % 16
            encryptor = Cipher(algorithms.AES256(key), modes.CBC(iv)).encryptor()
            package.writestr(name, encryptor.update(content + bytes([padding]) * padding) + encryptor.finalize())
            checksum = hashlib.sha256(content[:1024]).digest()
            checksum, iv, salt = (base64.b64encode(part) for part in (checksum, iv, salt))
            entries.append((name, checksum.decode(), iv.decode(), salt.decode()))
        package.writestr("mimetype", source.read("mimetype"))
        package.writestr("META-INF/manifest.xml", _manifest(entries))
    return target.getvalue()


def _manifest(entries: list[tuple[str, str, str, str]]) -> str:
    base = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    parts = "".join(
        f'<m:file-entry m:full-path="{name}"><m:encryption-data m:checksum-type="{base}#sha256-1k" '
        f'm:checksum="{checksum}"><m:algorithm m:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc" '
        f'm:initialisation-vector="{iv}"/><m:start-key-generation '
        'm:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256" m:key-size="32"/>'
        f'<m:key-derivation m:key-derivation-name="PBKDF2" m:key-size="32" m:iteration-count="1000" m:salt="{salt}"/>'
        "</m:encryption-data></m:file-entry>"
        for name, checksum, iv, salt in entries
    )
    return f'<m:manifest xmlns:m="{base}">{parts}</m:manifest>'
