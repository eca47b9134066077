#include "export/print.h"

#include "base/text.h"
#include "draw/glyph.h"
#include "timeline/names.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct gs_printer gs_printer_of(FILE *out, const struct gs_export_source *source)
{
    enum { DEFAULT_WIDTH = 80 };
    return (struct gs_printer){.out = out,
                               .ascii = source->ascii,
                               .width = source->width > 0 ? source->width : DEFAULT_WIDTH};
}

void gs_print(const struct gs_printer *p, const char *text)
{
    if (!p->ascii) {
        fputs(text, p->out);
        return;
    }
    struct gs_glyph glyph;
    while (*text) {
        if (*text == '\n') {
            fputc(*text++, p->out);
            continue;
        }
        text += gs_glyph_next(&glyph, text, true);
        fwrite(glyph.bytes, 1, glyph.length, p->out);
    }
}

void gs_printf(const struct gs_printer *p, const char *format, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int length = vasprintf(&text, format, args);
    va_end(args);
    if (length < 0)
        abort();
    gs_print(p, text);
    free(text);
}

/* A byte becomes at most four: \xNN. */
static char *visible(const char *text)
{
    size_t length = strlen(text), size = length * 4 + 1;
    char *safe = malloc(size);
    if (!safe)
        abort();
    gs_text_visible(safe, size, text, length);
    return safe;
}

void gs_print_visible(const struct gs_printer *p, const char *text)
{
    char *safe = visible(text ? text : "");
    gs_print(p, safe);
    free(safe);
}

void gs_print_cell(const struct gs_printer *p, int width, const char *text)
{
    int blanks = abs(width) - gs_text_width(text);
    blanks = blanks > 0 ? blanks : 0;
    if (width > 0)
        gs_printf(p, "%*s", blanks, "");
    gs_print(p, text);
    if (width < 0)
        gs_printf(p, "%*s", blanks, "");
}

/* Bytes of text up to the last blank that leaves at most `width` columns; at least one word. */
static size_t line_length(const char *text, int width)
{
    size_t best = 0;
    int columns = 0;
    for (size_t i = 0; text[i];) {
        struct gs_glyph glyph;
        if (text[i] == ' ')
            best = i;
        i += gs_glyph_next(&glyph, text + i, false);
        columns += glyph.length ? glyph.width : 0;
        if (columns > width && best)
            return best;
    }
    return strlen(text);
}

void gs_print_wrapped(const struct gs_printer *p, int used, const char *text)
{
    int room = p->width > used + 20 ? p->width - used : 20;
    for (;;) {
        size_t length = line_length(text, room);
        gs_printf(p, "%.*s\n", (int)length, text);
        text += length;
        if (!*text)
            return;
        gs_printf(p, "%*s", used, "");
        text++;
    }
}

void gs_print_heading(const struct gs_printer *p, const struct gs_export_source *source)
{
    char rules[256];
    gs_export_rules(rules, sizeof rules, " · ", source);
    bool titled = source->title && *source->title;
    gs_print_visible(p, source->name);
    gs_print(p, source->name && titled ? " · " : "");
    gs_print_visible(p, source->title);
    gs_print(p, source->name || titled ? "\n" : "");
    if (*rules)
        gs_printf(p, "%s\n", rules);
    gs_print(p, "\n");
}

void gs_print_canvas(const struct gs_printer *p, const struct gs_canvas *canvas, int rows)
{
    size_t size = (size_t)canvas->width * sizeof canvas->cells->glyph + 1;
    char *row = malloc(size);
    if (!row)
        abort();
    for (int y = 0; y < rows; y++)
        gs_printf(p, "%s\n", gs_canvas_row(canvas, y, row, size));
    free(row);
}

char *gs_print_string(const struct gs_tables *tables, uint64_t string)
{
    return visible(string <= UINT32_MAX ? tables->string(tables, (uint32_t)string) : "?");
}

char *gs_print_event(const struct gs_tables *tables, const struct gs_event *event)
{
    char *text = event->a ? gs_print_string(tables, event->a) : visible(GS_NAME_NO_ROOM);
    const char *word = gs_print_deadlock_word(event);
    size_t length = strlen(word);
    if (event->kind == GS_EVENT_DEADLOCK && strncmp(text, word, length) == 0 &&
        strncmp(text + length, ": ", 2) == 0)
        memmove(text, text + length + 2, strlen(text + length + 2) + 1);
    return text;
}

const char *gs_print_deadlock_word(const struct gs_event *event)
{
    return event->flags & 1 ? "stall" : "deadlock";
}

void gs_print_left_out(const struct gs_printer *p, uint64_t names)
{
    if (names)
        gs_printf(p, ", no room for %" PRIu64 " name%s", names,
                  names == 1 ? " or text" : "s or texts");
}

bool gs_print_end(const struct gs_printer *p, struct gs_error *err)
{
    errno = 0;
    if (fflush(p->out) == 0 && !ferror(p->out))
        return true;
    return gs_error_system(err, errno ? errno : EIO, "writing the output failed");
}
