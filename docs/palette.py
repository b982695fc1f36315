"""Writes PNG files anew with at most 256 colours, which more than halves a picture of the page.

    python3 docs/palette.py FILE.png...
"""

import struct
import sys
import zlib
from collections import Counter

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def read(path):
    """The width, the height and the rows of (red, green, blue) of a picture as a browser takes it."""
    data = open(path, "rb").read()
    assert data[:8] == SIGNATURE, f"{path} is no PNG file"
    chunks, position = {}, 8
    while position < len(data):
        length, kind = struct.unpack(">I4s", data[position : position + 8])
        chunks[kind] = chunks.get(kind, b"") + data[position + 8 : position + 8 + length]
        position += length + 12
    width, height, depth, colours = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    if colours == 3:
        sys.exit(f"{path} has a palette already")
    assert depth == 8 and colours in (2, 6), f"{path} has an unusual format"
    size = 3 if colours == 2 else 4
    raw, stride = zlib.decompress(chunks[b"IDAT"]), width * size
    rows, above = [], bytearray(stride)
    for begin in range(0, height * (stride + 1), stride + 1):
        row = unfiltered(raw[begin], bytearray(raw[begin + 1 : begin + 1 + stride]), above, size)
        rows.append(list(zip(row[0::size], row[1::size], row[2::size])))
        above = row
    return width, height, rows


def unfiltered(method, row, above, size):
    """A row as it was before the filter of this number (0 to 4)."""
    for index in range(len(row) if method else 0):
        left = row[index - size] if index >= size else 0
        up = above[index]
        corner = above[index - size] if index >= size else 0
        if method == 1:
            guess = left
        elif method == 2:
            guess = up
        elif method == 3:
            guess = (left + up) // 2
        else:
            guess = min((left, up, corner), key=lambda value: abs(left + up - corner - value))
        row[index] = (row[index] + guess) & 255
    return row


def chosen(counts):
    """The most frequent colours, and one of each group of similar ones: a gradient has many, none of them frequent."""
    palette = [colour for colour, _ in counts.most_common(96)]
    group = lambda colour: tuple(part >> 3 for part in colour)
    there = set(map(group, palette))
    groups, first = Counter(), {}
    for colour, count in counts.most_common():
        if group(colour) not in there:
            groups[group(colour)] += count
            first.setdefault(group(colour), colour)
    return palette + [first[key] for key, _ in groups.most_common(256 - len(palette))]


def write(path, width, height, rows):
    """The picture in the chosen colours; every other becomes the nearest of these."""
    palette = chosen(Counter(colour for row in rows for colour in row))
    index = {colour: number for number, colour in enumerate(palette)}

    def nearest(colour):
        if colour not in index:
            distance = lambda number: sum((a - b) ** 2 for a, b in zip(palette[number], colour))
            index[colour] = min(range(len(palette)), key=distance)
        return index[colour]

    raw = b"".join(b"\0" + bytes(map(nearest, row)) for row in rows)
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(map(bytes, palette))),
        (b"IDAT", zlib.compress(raw, 9)),
        (b"IEND", b""),
    ]
    with open(path, "wb") as file:
        file.write(SIGNATURE)
        for kind, body in chunks:
            file.write(struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)))


for path in sys.argv[1:]:
    write(path, *read(path))
