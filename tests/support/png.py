"""What a PNG shows, by its definition (ISO 15948) and the C library's zlib: pixel by pixel, for
pictures of 8 bits a channel that are not interlaced, as rsvg-convert writes them."""
import struct
import zlib


class Picture:
    def __init__(self, path):
        data, chunks, at = open(path, "rb").read(), {}, 8
        while at < len(data):
            length, kind = struct.unpack(">I4s", data[at:at + 8])
            chunks[kind] = chunks.get(kind, b"") + data[at + 8:at + 8 + length]
            at += 12 + length
        self.width, self.height, depth, kind, *_ = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
        assert depth == 8 and kind in (2, 6), "another kind of PNG"
        self.step = 4 if kind == 6 else 3
        self.rows = list(self.unfilter(zlib.decompress(chunks[b"IDAT"])))

    def unfilter(self, data):
        size, step = self.width * self.step, self.step
        above = bytes(size)
        for y in range(self.height):
            start = y * (size + 1)
            row = bytearray(data[start + 1:start + 1 + size])
            for i in range(size):
                left = row[i - step] if i >= step else 0
                corner = above[i - step] if i >= step else 0
                row[i] = row[i] + self.predict(data[start], left, above[i], corner) & 255
            above = row
            yield row

    @staticmethod
    def predict(how, left, up, corner):
        if how == 4:  # Paeth
            guess = left + up - corner
            return min((abs(guess - left), 0, left), (abs(guess - up), 1, up),
                       (abs(guess - corner), 2, corner))[2]
        return (0, left, up, (left + up) // 2)[how]

    def colour(self, x, y):
        at = int(x) * self.step
        return "#%02x%02x%02x" % tuple(self.rows[int(y)][at:at + 3])
