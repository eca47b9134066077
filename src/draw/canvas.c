#include "draw/canvas.h"

#include "draw/glyph.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of fewer cells the sign for a cut would take too much. */
enum { LEAST_DOTTED = 4 };

static const struct gs_cell blank = {.glyph = " ", .role = GS_ROLE_TEXT};

void gs_canvas_init(struct gs_canvas *canvas, int width, int height, bool ascii)
{
    *canvas = (struct gs_canvas){.ascii = ascii};
    gs_canvas_resize(canvas, width, height);
}

void gs_canvas_destroy(struct gs_canvas *canvas)
{
    free(canvas->cells);
    *canvas = (struct gs_canvas){0};
}

void gs_canvas_resize(struct gs_canvas *canvas, int width, int height)
{
    canvas->width = width > 0 ? width : 0;
    canvas->height = height > 0 ? height : 0;
    size_t cells = (size_t)canvas->width * (size_t)canvas->height;
    struct gs_cell *moved = realloc(canvas->cells, (cells ? cells : 1) * sizeof *moved);
    if (!moved) {
        fprintf(stderr, "gilscope: out of memory (a screen of %d by %d)\n", width, height);
        abort();
    }
    canvas->cells = moved;
    gs_canvas_clear(canvas);
}

void gs_canvas_clear(struct gs_canvas *canvas)
{
    for (int x = 0; x < canvas->width && canvas->height > 0; x++)
        canvas->cells[x] = blank;
    for (int y = 1; y < canvas->height; y++)
        memcpy(&canvas->cells[(size_t)y * (size_t)canvas->width], canvas->cells,
               (size_t)canvas->width * sizeof blank);
}

static struct gs_cell *cell_at(const struct gs_canvas *canvas, int x, int y)
{
    if (x < 0 || y < 0 || x >= canvas->width || y >= canvas->height)
        return NULL;
    return &canvas->cells[(size_t)y * (size_t)canvas->width + (size_t)x];
}

struct gs_cell *gs_canvas_at(struct gs_canvas *canvas, int x, int y)
{
    return cell_at(canvas, x, y);
}

const struct gs_cell *gs_canvas_cell(const struct gs_canvas *canvas, int x, int y)
{
    const struct gs_cell *cell = cell_at(canvas, x, y);
    return cell ? cell : &blank;
}

static void set_glyph_bytes(struct gs_cell *cell, const char *bytes, size_t length)
{
    memset(cell->glyph, 0, sizeof cell->glyph);
    memcpy(cell->glyph, bytes, length);
}

/* Half a wide character cannot be shown: when one half is drawn over, the other becomes blank. */
static void break_wide(const struct gs_canvas *canvas, int x, struct gs_cell *cell)
{
    if (cell->glyph[0] == '\0' && x > 0)
        set_glyph_bytes(&cell[-1], " ", 1);
    if (cell->glyph[0] != '\0' && x + 1 < canvas->width && cell[1].glyph[0] == '\0')
        set_glyph_bytes(&cell[1], " ", 1);
}

static struct gs_cell cell_of(const struct gs_glyph *glyph, unsigned role, unsigned style)
{
    struct gs_cell cell = {.role = (uint8_t)role, .style = (uint8_t)style, .back = GS_ROLE_TEXT};
    memcpy(cell.glyph, glyph->bytes, sizeof glyph->bytes);
    return cell;
}

static void set_cell(struct gs_canvas *canvas, int x, int y, const struct gs_cell *cell)
{
    struct gs_cell *at = cell_at(canvas, x, y);
    if (!at)
        return;
    break_wide(canvas, x, at);
    *at = *cell;
}

static void combine(struct gs_canvas *canvas, int x, int y, const struct gs_glyph *glyph)
{
    struct gs_cell *cell = cell_at(canvas, x, y);
    if (cell && cell->glyph[0] == '\0')
        cell = cell_at(canvas, x - 1, y);
    if (!cell || strlen(cell->glyph) + glyph->length >= sizeof cell->glyph)
        return;
    strncat(cell->glyph, glyph->bytes, glyph->length);
}

static void set_wide(struct gs_canvas *canvas, int x, int y, struct gs_cell cell)
{
    struct gs_cell half = cell;
    set_glyph_bytes(&half, canvas->ascii ? cell.glyph : " ", 1);
    set_cell(canvas, x, y, &half);
    set_cell(canvas, x + 1, y, &half);
    bool whole = cell_at(canvas, x, y) && cell_at(canvas, x + 1, y);
    if (canvas->ascii || !whole)
        return;
    set_cell(canvas, x, y, &cell);
    set_glyph_bytes(cell_at(canvas, x + 1, y), "", 0);
}

static void set_glyph(struct gs_canvas *canvas, int x, int y, const struct gs_glyph *glyph,
                      unsigned role, unsigned style)
{
    const struct gs_cell cell = cell_of(glyph, role, style);
    if (glyph->width < 2)
        set_cell(canvas, x, y, &cell);
    else
        set_wide(canvas, x, y, cell);
}

/* As much of text as fits. */
static int clip_text(struct gs_canvas *canvas, int x, int y, int width, unsigned role,
                     unsigned style, const char *text)
{
    int start = x;
    int limit = x + width;
    struct gs_glyph glyph;
    while (*text) {
        if (gs_glyph_is_plain(*text) && x < limit) {
            struct gs_cell cell = {{*text++}, (uint8_t)role, (uint8_t)style, GS_ROLE_TEXT};
            set_cell(canvas, x++, y, &cell);
            continue;
        }
        text += gs_glyph_next(&glyph, text, canvas->ascii);
        if (glyph.length == 0)
            continue;
        if (x + glyph.width > limit)
            break;
        if (glyph.width > 0)
            set_glyph(canvas, x, y, &glyph, role, style);
        else if (x > start)
            combine(canvas, x - 1, y, &glyph);
        x += glyph.width;
    }
    return x;
}

int gs_canvas_text(struct gs_canvas *canvas, int x, int y, int width, unsigned role, unsigned style,
                   const char *text)
{
    assert(role < GS_ROLES);
    if (width < LEAST_DOTTED || gs_text_width(text) <= width)
        return clip_text(canvas, x, y, width, role, style, text);
    int end = clip_text(canvas, x, y, width - 1, role, style, text);
    return clip_text(canvas, end, y, 1, role, style, "…");
}

int gs_canvas_textf(struct gs_canvas *canvas, int x, int y, int width, unsigned role,
                    unsigned style, const char *format, ...)
{
    char text[2048];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return gs_canvas_text(canvas, x, y, width, role, style, text);
}

void gs_canvas_put(struct gs_canvas *canvas, int x, int y, const char *glyph, unsigned role,
                   unsigned style)
{
    gs_canvas_text(canvas, x, y, 2, role, style, glyph);
}

void gs_canvas_fill(struct gs_canvas *canvas, int x, int y, int width, const char *glyph,
                    unsigned role, unsigned style)
{
    struct gs_glyph one;
    gs_glyph_next(&one, *glyph ? glyph : " ", canvas->ascii);
    int end = x + width < canvas->width ? x + width : canvas->width;
    x = x < 0 ? 0 : x;
    if (one.width != 1 || y < 0 || y >= canvas->height || x >= end)
        return;
    set_glyph(canvas, x, y, &one, role, style);
    set_glyph(canvas, end - 1, y, &one, role, style);
    struct gs_cell *cell = cell_at(canvas, x, y);
    for (int i = 1; i < end - x; i++)
        cell[i] = cell[0];
}

void gs_canvas_fill_two(struct gs_canvas *canvas, int x, int y, int width, const char *glyph,
                        unsigned role, unsigned back)
{
    gs_canvas_fill(canvas, x, y, width, glyph, role, GS_STYLE_TWO);
    for (int i = x; i < x + width; i++) {
        struct gs_cell *cell = cell_at(canvas, i, y);
        if (cell)
            cell->back = (uint8_t)back;
    }
}

const char *gs_canvas_row(const struct gs_canvas *canvas, int y, char *buffer, size_t size)
{
    size_t used = 0;
    size_t inked = 0;
    for (int x = 0; x < canvas->width; x++) {
        const char *glyph = gs_canvas_cell(canvas, x, y)->glyph;
        size_t length = strlen(glyph);
        if (used + length + 1 > size)
            break;
        memcpy(buffer + used, glyph, length);
        used += length;
        if (strcmp(glyph, " ") != 0)
            inked = used;
    }
    if (size)
        buffer[inked] = '\0';
    return buffer;
}
