#include "draw/shorten.h"

#include "draw/glyph.h"
#include "timeline/names.h"

#include <stdio.h>
#include <string.h>

/* Of fewer cells the sign for a cut would take too much. */
enum { LEAST_DOTTED = 4 };

/* Bytes of the text's beginning that take at most so many cells. */
static size_t head_of(const char *text, int width)
{
    size_t length = 0;
    struct gs_glyph glyph;
    while (text[length]) {
        size_t next = length + gs_glyph_next(&glyph, text + length, false);
        width -= glyph.length ? glyph.width : 0;
        if (width < 0)
            break;
        length = next;
    }
    return length;
}

/* Its end in at most so many cells; no combining mark goes without its letter. */
static const char *tail_of(const char *text, int width)
{
    struct gs_glyph glyph;
    while (gs_text_width(text) > width)
        text += gs_glyph_next(&glyph, text, false);
    while (*text) {
        size_t length = gs_glyph_next(&glyph, text, false);
        if (glyph.width > 0)
            break;
        text += length;
    }
    return text;
}

const char *gs_shorten(char *buffer, size_t size, const char *name, int width)
{
    size_t number = 0, length = strlen(name);
    if (gs_text_width(name) > width)
        length = gs_name_short(name, &number);
    snprintf(buffer, size, "%.*s", (int)length, name);
    if (gs_text_width(buffer) <= width)
        return buffer;
    char whole[1024];
    snprintf(whole, sizeof whole, "%s", buffer);
    int digits = (int)(length - number), tail = (width - 1) / 2;
    if (digits > 0 && digits + LEAST_DOTTED <= width)
        tail = digits;
    if (width < LEAST_DOTTED)
        snprintf(buffer, size, "%.*s", (int)head_of(whole, width), whole);
    else
        snprintf(buffer, size, "%.*s…%s", (int)head_of(whole, width - 1 - tail), whole,
                 tail_of(whole, tail));
    return buffer;
}

int gs_canvas_name(struct gs_canvas *canvas, int x, int y, int width, unsigned role, unsigned style,
                   const char *name)
{
    char shortened[1024];
    if (gs_text_width(name) <= width)
        return gs_canvas_text(canvas, x, y, width, role, style, name);
    gs_shorten(shortened, sizeof shortened, name, width);
    return gs_canvas_text(canvas, x, y, width, role, style, shortened);
}
