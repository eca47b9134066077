#include "base/text.h"

#include <stdio.h>
#include <string.h>

const char *gs_text_duration(char *buffer, size_t size, uint64_t ns)
{
    static const struct {
        double ns;
        const char *unit;
    } units[] = {{1e9, "s"}, {1e6, "ms"}, {1e3, "µs"}, {1, "ns"}};
    size_t u = 0;
    while (u < 3 && (double)ns < units[u].ns * 0.9995)
        u++;
    double value = (double)ns / units[u].ns;
    int digits = u == 3 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    char number[32];
    snprintf(number, sizeof number, "%.*f", digits, value);
    if (strchr(number, '.')) {
        char *end = number + strlen(number) - 1;
        /* "5.00 ms" is 5.0 ms to a reader; one digit stays so that columns look alike. */
        if (*end == '0' && end[-1] != '.')
            *end = '\0';
    }
    snprintf(buffer, size, "%s %s", number, units[u].unit);
    return buffer;
}

const char *gs_text_bytes(char *buffer, size_t size, uint64_t bytes)
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
    double value = (double)bytes;
    size_t u = 0;
    for (; u < sizeof units / sizeof units[0] - 1 && value >= 999.5; u++)
        value /= 1000;
    snprintf(buffer, size, "%.*f %s", u == 0 || value >= 99.95 ? 0 : 1, value, units[u]);
    return buffer;
}

size_t gs_text_decode(const char *text, size_t left, uint32_t *code)
{
    const unsigned char *s = (const unsigned char *)text;
    if (left == 0)
        return 0;
    if (s[0] < 0x80) {
        *code = s[0];
        return 1;
    }
    size_t n = s[0] >= 0xf0 && s[0] < 0xf5 ? 4 : s[0] >= 0xe0 ? 3 : s[0] >= 0xc2 ? 2 : 0;
    if (s[0] >= 0xf5 || n == 0 || n > left)
        return 0;
    uint32_t c = s[0] & (0xffu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (s[i] & 0x3f);
    }
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        return 0;
    *code = c;
    return n;
}

bool gs_text_steers(uint32_t c)
{
    return (c >= 0x80 && c < 0xa0) || c == 0x200e || c == 0x200f || c == 0x2028 || c == 0x2029 ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

const char *gs_text_copy(char *buffer, size_t size, const char *text)
{
    static const char dots[] = "…";
    enum { MOST_TAIL = 3 }; /* bytes behind the first of a character; of more, it is no UTF-8 */
    size_t length = strnlen(text, size);
    if (length < size) {
        memcpy(buffer, text, length + 1);
        return buffer;
    }
    size_t end = size - sizeof dots, cut = end;
    while (cut > 0 && end - cut < MOST_TAIL && (text[cut] & 0xc0) == 0x80)
        cut--;
    if ((text[cut] & 0xc0) == 0x80)
        cut = end;
    memcpy(buffer, text, cut);
    memcpy(buffer + cut, dots, sizeof dots);
    return buffer;
}

const char *gs_text_visible(char *buffer, size_t size, const char *text, size_t length)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t out = 0;
    for (size_t i = 0; i < length;) {
        uint32_t code = 0;
        size_t n = gs_text_decode(text + i, length - i, &code);
        char piece[32];
        if (n == 0) {
            snprintf(piece, sizeof piece, "\\x%02x", s[i]);
            n = 1;
        } else if (code < 0x20 || code == 0x7f) {
            snprintf(piece, sizeof piece, "^%c", (int)(code ^ 0x40));
        } else if (gs_text_steers(code)) {
            size_t used = 0;
            for (size_t k = 0; k < n; k++)
                used += (size_t)snprintf(piece + used, sizeof piece - used, "\\x%02x", s[i + k]);
        } else {
            memcpy(piece, s + i, n);
            piece[n] = '\0';
        }
        size_t width = strlen(piece);
        if (out + width + 1 > size)
            break;
        memcpy(buffer + out, piece, width);
        out += width;
        i += n;
    }
    if (size)
        buffer[out] = '\0';
    return buffer;
}
