"""One-page sample papers as PDF, written by hand: each says that it is a sample, and no two are alike."""

from __future__ import annotations

import zlib

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
    b"/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)
"""A font that every reader has or replaces: nothing is embedded."""

PAPER = b"[0 0 595 842]"  # A4 in points
LINE = 30  # letters
SIZE, LEADING = 14, 24
LEFT, TOP = 72, 740


def paper(title: str, note: str) -> bytes:
    """A page with a title and a note; the same texts give the same bytes."""
    lines = [text[start : start + LINE] for text in (title, note) for start in range(0, len(text), LINE)]
    drawn = " T* ".join(f"<{line.encode('utf-16-be').hex()}> Tj" for line in lines)
    stream = zlib.compress(f"BT /F1 {SIZE} Tf {LEADING} TL {LEFT} {TOP} Td {drawn} ET".encode())
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox" + PAPER + b"/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>",
        FONT,
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
    )
    body = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    body += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(body)
