"""A one-page PDF in the place of a scanned letter: marked as a sample, with the text that scanners recognise."""

from __future__ import annotations

from collections.abc import Sequence

SAMPLE = "（示例：演示程序生成，不是真实的扫描件，没有签字和盖章）"
LEFT, TOP, LEADING, SIZE = 56, 760, 22, 11  # points on A4
PAGE = "0 0 595 842"


def sample_scan(lines: Sequence[str]) -> bytes:
    """The page. Its font is Acrobat's own Chinese one, which viewers have or replace, so none is embedded."""
    shown = (*lines, SAMPLE)
    drawn = "\n".join(f"<{line.encode('utf-16-be').hex()}> Tj T*" for line in shown)
    content = f"BT /F1 {SIZE} Tf {LEADING} TL {LEFT} {TOP} Td\n{drawn}\nET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{PAGE}] /Resources << /Font << /F1 4 0 R >> >> /Contents 7 0 R >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>",
        (
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 6 0 R /DW 1000 /W [1 95 500]"
            " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
        ),
        (
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
            " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
        ),
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    )
    return _file(objects)


def _file(objects: Sequence[str]) -> bytes:
    """The objects with their table of places."""
    out, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()
