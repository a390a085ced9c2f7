"""The digest of a log's entry: an HMAC over its content and over the digest of the entry before."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, replace

from xltool.model.review import Event

PURPOSE = b"xltool review log\n"  # the campaign's key signs workbooks too: a signature of one is none of the other


def sealed(event: Event, key: bytes) -> Event:
    """The entry with its digest."""
    return replace(event, digest=digest_of(event, key))


def is_sealed(event: Event, key: bytes) -> bool:
    """Whether an entry is as it was written."""
    return hmac.compare_digest(event.digest.encode(), digest_of(event, key).encode())


def digest_of(event: Event, key: bytes) -> str:
    """HMAC-SHA256 over every field but the digest, as hexadecimal."""
    content = asdict(event)
    del content["digest"]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, PURPOSE + text.encode(), hashlib.sha256).hexdigest()
