#include "tui/term/paint.h"

#include "base/vec.h"
#include "draw/palette.h"
#include "tui/term/palette.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

/* Beside those of a cell. */
#define STYLE_DIM 16u

enum { CAPABILITY = 64, NUMBERS = 2 * GS_HUES };

/* How the terminal draws what it gets. A number of -1 is its own colour. */
struct pen {
    int text, ground;
    unsigned style;
};
static const struct pen plain_pen = {-1, -1, 0};

/* What makes a colour's number the text's or the ground's. */
struct numbered {
    int number;
    char bytes[CAPABILITY];
};

struct gs_paint {
    struct gs_canvas shown; /* what the last draw left on the terminal */
    bool stale;             /* … or nothing that can be relied on */
    int colours;
    bool ends_scroll; /* a glyph in the last column moves on to the next line at once */
    bool ansi;        /* the cursor goes where ECMA-48 says, as nearly everywhere */
    char clear[CAPABILITY], plain[CAPABILITY], bold[CAPABILITY], underline[CAPABILITY],
        reverse[CAPABILITY], dim[CAPABILITY];
    unsigned colourless; /* styles that cannot be had with a colour */
    struct numbered text[NUMBERS], ground[NUMBERS];
    int texts, grounds;
    struct pen pen;
    GS_VEC(char) bytes; /* of the frame */
};

static const char *capability(const char *name)
{
    const char *text = tigetstr((char *)name);
    return text && text != (char *)-1 ? text : "";
}

static void append_unpadded(char *bytes, size_t size, const char *text)
{
    size_t at = strlen(bytes);
    while (*text && at + 1 < size) {
        if (text[0] == '$' && text[1] == '<')
            text = strchr(text, '>') ? strchr(text, '>') + 1 : text + 2;
        else
            bytes[at++] = *text++;
    }
    bytes[at] = '\0';
}

void gs_paint_append_capability(char *bytes, size_t size, const char *name)
{
    append_unpadded(bytes, size, capability(name));
}

/* By the bits of terminfo's ncv. */
static unsigned colourless(void)
{
    int bits = tigetnum((char *)"ncv");
    if (bits < 0)
        return 0;
    return (bits & 2 ? GS_STYLE_UNDERLINE : 0) | (bits & 4 ? GS_STYLE_REVERSE : 0) |
           (bits & 16 ? STYLE_DIM : 0) | (bits & 32 ? GS_STYLE_BOLD : 0);
}

struct gs_paint *gs_paint_new(int colours)
{
    struct gs_paint *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    gs_canvas_init(&p->shown, 1, 1, false);
    p->stale = true;
    p->colours = colours;
    p->ends_scroll = tigetflag((char *)"am") > 0 && tigetflag((char *)"xenl") <= 0;
    p->ansi = strcmp(capability("cup"), "\033[%i%p1%d;%p2%dH") == 0;
    gs_paint_append_capability(p->clear, sizeof p->clear, "clear");
    gs_paint_append_capability(p->plain, sizeof p->plain, "sgr0");
    /* There are terminals whose colours outlive that. */
    if (colours > 0)
        gs_paint_append_capability(p->plain, sizeof p->plain, "op");
    gs_paint_append_capability(p->bold, sizeof p->bold, "bold");
    gs_paint_append_capability(p->underline, sizeof p->underline, "smul");
    gs_paint_append_capability(p->reverse, sizeof p->reverse, "rev");
    gs_paint_append_capability(p->dim, sizeof p->dim, "dim");
    p->colourless = colourless();
    return p;
}

void gs_paint_free(struct gs_paint *p)
{
    gs_canvas_destroy(&p->shown);
    gs_vec_free(&p->bytes);
    free(p);
}

void gs_paint_forget(struct gs_paint *p)
{
    p->stale = true;
}

/* Some thousand times a frame, a few bytes each; none longer than a capability. */
static void put(struct gs_paint *p, const char *bytes)
{
    size_t most = p->bytes.count + CAPABILITY;
    if (most > p->bytes.room)
        p->bytes.items = gs_vec_grow(p->bytes.items, &p->bytes.room, most, 1);
    char *to = p->bytes.items + p->bytes.count;
    while (*bytes)
        *to++ = *bytes++;
    p->bytes.count = (size_t)(to - p->bytes.items);
}

static char *put_number(char *to, int number)
{
    if (number >= 10)
        to = put_number(to, number / 10);
    *to = (char)('0' + number % 10);
    return to + 1;
}

/* Written out, since snprintf took a quarter of what painting takes. */
static void put_ansi_move(char *to, int x, int y)
{
    *to++ = '\033';
    *to++ = '[';
    to = put_number(to, y + 1);
    *to++ = ';';
    to = put_number(to, x + 1);
    *to++ = 'H';
    *to = '\0';
}

static void move_to(struct gs_paint *p, int x, int y)
{
    char bytes[CAPABILITY] = "";
    if (p->ansi)
        put_ansi_move(bytes, x, y);
    else
        append_unpadded(bytes, sizeof bytes, tiparm(capability("cup"), y, x));
    put(p, bytes);
}

/* As many colours as the palette has are asked for, however many cells there are. */
static const char *bytes_of(struct numbered *list, int *count, int number, const char *name)
{
    for (int i = 0; i < *count; i++)
        if (list[i].number == number)
            return list[i].bytes;
    if (*count == NUMBERS)
        *count = 0;
    struct numbered *one = &list[(*count)++];
    const char *format = capability(name);
    *one = (struct numbered){.number = number};
    if (*format)
        append_unpadded(one->bytes, sizeof one->bytes, tiparm(format, number));
    return one->bytes;
}

static struct pen pen_of(const struct gs_paint *p, const struct gs_cell *cell)
{
    int colour = gs_palette_colour(cell->role, p->colours);
    int ink = gs_palette_ink_colour(cell->role, p->colours);
    struct pen pen = {-1, -1, gs_palette_style(cell->role) | (cell->style & ~GS_STYLE_TWO)};
    if ((cell->style & GS_STYLE_TWO) && p->colours > 0) {
        pen.text = colour;
        pen.ground = cell->back ? gs_palette_colour(cell->back, p->colours) : -1;
    } else if (colour >= 0) {
        pen.text = ink >= 0 ? ink : colour;
        pen.ground = ink >= 0 ? colour : -1;
    } else if (cell->role == GS_ROLE_DIM) {
        pen.style |= STYLE_DIM;
    }
    if (pen.text >= 0 || pen.ground >= 0)
        pen.style &= ~p->colourless;
    return pen;
}

/* A style ends, and the terminal's own colour comes back, only with all the others. */
static void take_pen(struct gs_paint *p, struct pen pen)
{
    struct pen *now = &p->pen;
    bool ends = (now->style & ~pen.style) || (now->text >= 0 && pen.text < 0) ||
                (now->ground >= 0 && pen.ground < 0);
    if (ends) {
        put(p, p->plain);
        *now = plain_pen;
    }
    unsigned begins = pen.style & ~now->style;
    put(p, begins & GS_STYLE_BOLD ? p->bold : "");
    put(p, begins & GS_STYLE_UNDERLINE ? p->underline : "");
    put(p, begins & GS_STYLE_REVERSE ? p->reverse : "");
    put(p, begins & STYLE_DIM ? p->dim : "");
    if (pen.text != now->text)
        put(p, bytes_of(p->text, &p->texts, pen.text, "setaf"));
    if (pen.ground != now->ground)
        put(p, bytes_of(p->ground, &p->grounds, pen.ground, "setab"));
    *now = pen;
}

static bool same_look(const struct gs_cell *a, const struct gs_cell *b)
{
    return a->role == b->role && a->style == b->style && a->back == b->back;
}

static bool same_cell(const struct gs_cell *a, const struct gs_cell *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

static void put_cells(struct gs_paint *p, const struct gs_cell *row, int y, int x, int end)
{
    move_to(p, x, y);
    for (int i = x; i < end; i++) {
        if (i == x || !same_look(&row[i - 1], &row[i]))
            take_pen(p, pen_of(p, &row[i]));
        put(p, row[i].glyph);
    }
}

/* A stretch that is alike is stepped over where that is shorter than to send it once more. */
static int end_of_change(const struct gs_cell *row, const struct gs_cell *old, int x, int width)
{
    enum { STEP = 8 };
    int end = x + 1;
    for (int i = end; i < width && i < end + STEP; i++)
        if (!same_cell(&row[i], &old[i]))
            end = i + 1;
    return end;
}

/* Most of what is in a row that changed did not. */
static int first_change(const struct gs_cell *row, const struct gs_cell *old, int x, int width)
{
    enum { AT_ONCE = 8 };
    while (x + AT_ONCE <= width && memcmp(&row[x], &old[x], AT_ONCE * sizeof *row) == 0)
        x += AT_ONCE;
    while (x < width && same_cell(&row[x], &old[x]))
        x++;
    return x;
}

static void draw_row(struct gs_paint *p, const struct gs_canvas *canvas, int y)
{
    const struct gs_cell *row = &canvas->cells[y * canvas->width];
    struct gs_cell *old = &p->shown.cells[y * canvas->width];
    int width = canvas->width;
    /* A terminal that scrolls when its last cell is written does without that. */
    if (p->ends_scroll && y == canvas->height - 1)
        width--;
    for (int x = 0, end; x < width; x = end) {
        if (!p->stale && (x = first_change(row, old, x, width)) == width)
            break;
        int from = x;
        end = p->stale ? width : end_of_change(row, old, x, width);
        /* A wide character is sent from its first cell, which has all of it, to its last. */
        while (from > 0 && !row[from].glyph[0])
            from--;
        while (end < width && !row[end].glyph[0])
            end++;
        put_cells(p, row, y, from, end);
    }
    memcpy(old, row, (size_t)width * sizeof *row);
}

/* The terminal may be one that does not wait for who reads it. */
static void send(int fd, const char *bytes, size_t count)
{
    struct pollfd out = {.fd = fd, .events = POLLOUT};
    while (count > 0) {
        ssize_t n = write(fd, bytes, count);
        if (n < 0 && errno == EAGAIN)
            poll(&out, 1, -1);
        else if (n < 0 && errno != EINTR)
            return;
        bytes += n > 0 ? n : 0;
        count -= n > 0 ? (size_t)n : 0;
    }
}

void gs_paint_draw(struct gs_paint *p, int fd, const struct gs_canvas *canvas)
{
    if (p->shown.width != canvas->width || p->shown.height != canvas->height) {
        gs_canvas_resize(&p->shown, canvas->width, canvas->height);
        p->stale = true;
    }
    p->bytes.count = 0;
    if (p->stale) {
        p->pen = plain_pen;
        put(p, p->plain);
        put(p, p->clear);
    }
    for (int y = 0; y < canvas->height; y++)
        draw_row(p, canvas, y);
    take_pen(p, plain_pen); /* whoever writes next, or gets the terminal back, expects none */
    p->stale = false;
    send(fd, p->bytes.items, p->bytes.count);
}
