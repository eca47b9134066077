#include "base/by_line.h"

#include <string.h>

/* The first so many bytes of what was begun become a line. An empty line may be the first. */
static void put(struct gs_by_line *b, size_t length, gs_by_line_sink *sink, void *context)
{
    sink(context, length ? b->begun.items : "", length);
    b->begun.count -= length;
    if (b->begun.count)
        memmove(b->begun.items, b->begun.items + length, b->begun.count);
}

/* Without the beginning of a character whose rest is still to come. */
static size_t whole_characters(const char *text, size_t length)
{
    for (size_t back = 1; back < 4 && back <= length; back++) {
        unsigned char c = (unsigned char)text[length - back];
        size_t needs = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 0;
        if (needs)
            return needs > back ? length - back : length;
    }
    return length;
}

static void add(struct gs_by_line *b, const char *text, size_t length, gs_by_line_sink *sink,
                void *context)
{
    while (length) {
        if (b->begun.count == GS_LONGEST_LINE)
            put(b, whole_characters(b->begun.items, GS_LONGEST_LINE), sink, context);
        size_t room = GS_LONGEST_LINE - b->begun.count, n = length < room ? length : room;
        if (b->begun.count + n > b->begun.room)
            b->begun.items = gs_vec_grow(b->begun.items, &b->begun.room, b->begun.count + n, 1);
        memcpy(b->begun.items + b->begun.count, text, n);
        b->begun.count += n;
        text += n;
        length -= n;
    }
}

void gs_by_line_take(struct gs_by_line *b, const char *text, size_t length, gs_by_line_sink *sink,
                     void *context)
{
    const char *at = text, *end = at + length;
    for (const char *stop; (stop = memchr(at, '\n', (size_t)(end - at))); at = stop + 1) {
        add(b, at, (size_t)(stop - at), sink, context);
        put(b, b->begun.count, sink, context);
    }
    add(b, at, (size_t)(end - at), sink, context);
}

void gs_by_line_finish(struct gs_by_line *b, gs_by_line_sink *sink, void *context)
{
    if (b->begun.count)
        put(b, b->begun.count, sink, context);
    gs_vec_free(&b->begun);
}
