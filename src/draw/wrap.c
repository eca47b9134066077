#include "draw/wrap.h"

#include <stdbool.h>
#include <string.h>

/* Bytes of the first character of text with everything that has no width of its own. */
static size_t character(const char *text)
{
    size_t n = 1;
    while ((text[n] & 0xc0) == 0x80)
        n++;
    return n;
}

static int width_of(const char *text, size_t bytes)
{
    char piece[512];
    bytes = bytes < sizeof piece ? bytes : sizeof piece - 1;
    memcpy(piece, text, bytes);
    piece[bytes] = '\0';
    return gs_text_width(piece);
}

/* The blank of "5.0 ms", where a line had better not end. */
static bool before_unit(const char *text, size_t blank)
{
    static const char *const units[] = {"ns", "µs", "us", "ms", "s"};
    if (blank == 0 || text[blank - 1] < '0' || text[blank - 1] > '9')
        return false;
    const char *word = text + blank + 1;
    size_t length = strcspn(word, " .,;:)");
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strlen(units[i]) == length && strncmp(word, units[i], length) == 0)
            return true;
    return false;
}

/* Such a word is cut, wherever it is: it would have to be on the next line as well. */
static bool is_longer(const char *word, int width)
{
    size_t bytes = strcspn(word, " \n"), used = 0;
    int cells = 0;
    while (used < bytes && cells <= width) {
        size_t n = character(word + used);
        cells += width_of(word + used, n);
        used += n;
    }
    return cells > width;
}

/* Bytes of the line that starts at text: up to the last blank that fits, or a cut in a word that
 * is longer than a line. */
static size_t line_bytes(const char *text, int width)
{
    size_t used = 0, blank = 0;
    int cells = 0;
    while (text[used] && text[used] != '\n') {
        size_t n = character(text + used);
        if (text[used] == ' ' && !before_unit(text, used))
            blank = used;
        cells += width_of(text + used, n);
        if (cells > width)
            return blank && !is_longer(text + blank + 1, width) ? blank : used ? used : n;
        used += n;
    }
    return used;
}

static const char *skip_break(const char *text)
{
    if (*text == '\n')
        return text + 1;
    while (*text == ' ')
        text++;
    return text;
}

int gs_wrap_lines(const char *text, int width)
{
    int lines = 0;
    if (width < 1)
        return 0;
    for (; *text; lines++)
        text = skip_break(text + line_bytes(text, width));
    return lines;
}

const char *gs_wrap_next(const char *text, int width, char *line, size_t size)
{
    size_t bytes = line_bytes(text, width);
    bytes = bytes < size ? bytes : size - 1;
    memcpy(line, text, bytes);
    line[bytes] = '\0';
    return skip_break(text + bytes);
}

int gs_wrap_text(struct gs_canvas *canvas, int x, int y, int width, int height, unsigned role,
                 unsigned style, const char *text)
{
    int line = 0;
    if (width < 1)
        return 0;
    for (; *text && line < height; line++) {
        char piece[1024];
        text = gs_wrap_next(text, width, piece, sizeof piece);
        int end = gs_canvas_text(canvas, x, y + line, width, role, style, piece);
        if (*text && line == height - 1) {
            int limit = x + width - (canvas->ascii ? 3 : 1);
            gs_canvas_text(canvas, end < limit ? end : limit, y + line, 3, role, style,
                           canvas->ascii ? "..." : "…");
        }
    }
    return line;
}
