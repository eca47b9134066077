#include "export/print.h"

#include "base/text.h"
#include "draw/glyph.h"
#include "draw/palette.h"
#include "timeline/names.h"
#include "timeline/question.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct gs_printer gs_printer_of(FILE *out, const struct gs_export_source *source)
{
    enum { DEFAULT_WIDTH = 80 };
    return (struct gs_printer){.out = out,
                               .ascii = source->ascii,
                               .colour = source->colour,
                               .width = source->width > 0 ? source->width : DEFAULT_WIDTH};
}

struct gs_printer gs_printer_of_figures(FILE *out, const struct gs_export_source *source)
{
    enum { NO_LIMIT = 1 << 20 };
    struct gs_printer printer = gs_printer_of(out, source);
    printer.width = source->width > 0 ? source->width : NO_LIMIT;
    return printer;
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

static unsigned style_of(const struct gs_cell *cell)
{
    return cell->style | gs_palette_style(cell->role);
}

/* Where a blank is none: underlined, reversed, or on a colour. */
static bool shows_blanks(const struct gs_cell *cell)
{
    return style_of(cell) & (GS_STYLE_UNDERLINE | GS_STYLE_REVERSE) ||
           gs_palette_ink(cell->role) != GS_HUE_PLAIN;
}

static bool is_inked(const struct gs_printer *p, const struct gs_cell *cell)
{
    return strcmp(cell->glyph, " ") != 0 || (p->colour && shows_blanks(cell));
}

/* The colours that a cell has; "" where it has none. */
static void add_colours(char *sgr, size_t size, const struct gs_cell *cell)
{
    enum gs_hue hue = gs_palette_hue(cell->role), ink = gs_palette_ink(cell->role);
    if (cell->style & GS_STYLE_TWO && cell->back)
        snprintf(sgr, size, ";38;5;%d;48;5;%d", gs_hue_number(hue),
                 gs_hue_number(gs_palette_hue(cell->back)));
    else if (ink != GS_HUE_PLAIN && !(cell->style & GS_STYLE_TWO))
        snprintf(sgr, size, ";38;5;%d;48;5;%d", gs_hue_number(ink), gs_hue_number(hue));
    else if (hue != GS_HUE_PLAIN)
        snprintf(sgr, size, ";38;5;%d", gs_hue_number(hue));
    else
        *sgr = '\0';
}

void gs_print_look(char *sgr, size_t size, const struct gs_cell *cell)
{
    unsigned style = style_of(cell);
    char colours[32];
    add_colours(colours, sizeof colours, cell);
    *sgr = '\0';
    if (style || *colours)
        snprintf(sgr, size, "\033[0%s%s%s%sm", style & GS_STYLE_BOLD ? ";1" : "",
                 style & GS_STYLE_UNDERLINE ? ";4" : "", style & GS_STYLE_REVERSE ? ";7" : "",
                 colours);
}

/* Blanks go with what stands before them, unless that would ink them. */
void gs_print_cells(const struct gs_printer *p, const struct gs_canvas *canvas, int y, int from,
                    int until)
{
    char look[GS_LOOK_SIZE], shown[GS_LOOK_SIZE] = "";
    bool inks = false;
    for (int x = from; x < until; x++) {
        const struct gs_cell *cell = gs_canvas_cell(canvas, x, y);
        if (p->colour && (inks || is_inked(p, cell))) {
            *look = '\0';
            if (is_inked(p, cell))
                gs_print_look(look, sizeof look, cell);
            if (strcmp(look, shown) != 0)
                fputs(*look ? look : "\033[0m", p->out);
            memcpy(shown, look, sizeof shown);
            inks = *look && shows_blanks(cell);
        }
        fputs(cell->glyph, p->out);
    }
    if (*shown)
        fputs("\033[0m", p->out);
}

void gs_print_canvas(const struct gs_printer *p, const struct gs_canvas *canvas, int rows)
{
    for (int y = 0; y < rows; y++) {
        int end = canvas->width;
        while (end > 0 && !is_inked(p, gs_canvas_cell(canvas, end - 1, y)))
            end--;
        gs_print_cells(p, canvas, y, 0, end);
        gs_print(p, "\n");
    }
}

char *gs_print_string(const struct gs_tables *tables, uint64_t string)
{
    return visible(string <= UINT32_MAX ? tables->string(tables, (uint32_t)string) : "?");
}

char *gs_print_event(const struct gs_tables *tables, const struct gs_event *event)
{
    char question[2048];
    char *text = event->kind == GS_EVENT_ASK
                     ? strdup(gs_question_said(question, sizeof question, tables, event))
                 : event->a ? gs_print_string(tables, event->a)
                            : visible(GS_NAME_NO_ROOM);
    if (!text)
        abort();
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
    return gs_export_end(p->out, err);
}
