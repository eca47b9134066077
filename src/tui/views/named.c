#include "tui/views/named.h"

#include "draw/lanes.h"
#include "timeline/names.h"

#include <ctype.h>
#include <string.h>

/* What is drawn in a box, its lines as one, and where each byte of it stands. */
struct page {
    char text[2048];
    struct gs_cell *cells[2048];
    uint8_t painted[2048]; /* the length of the name that a byte was coloured with */
    size_t length;
};

static void add(struct page *page, struct gs_cell *cell, const char *glyph)
{
    size_t length = strlen(glyph);
    if (page->length + length >= sizeof page->text)
        return;
    for (; *glyph; glyph++) {
        page->text[page->length] = *glyph;
        page->cells[page->length++] = cell;
    }
}

static void read_box(struct page *page, struct gs_canvas *canvas, struct gs_box box)
{
    for (int y = box.y; y < box.y + box.height; y++) {
        for (int x = box.x; x < box.x + box.width; x++) {
            struct gs_cell *cell = gs_canvas_at(canvas, x, y);
            if (cell)
                add(page, cell, cell->glyph);
        }
        while (page->length > 0 && page->text[page->length - 1] == ' ')
            page->length--;
        add(page, NULL, " ");
    }
    page->text[page->length] = '\0';
}

static bool goes_on(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-' || (unsigned char)c >= 0x80;
}

/* "Thread-1" is not named in "Thread-12", nor "Thread-1" where it is "Thread-1 (work)". */
static bool is_named(const struct page *page, size_t at, size_t length)
{
    return (at == 0 || !goes_on(page->text[at - 1])) && !goes_on(page->text[at + length]) &&
           page->painted[at] < length;
}

static void colour(struct page *page, const char *name, unsigned role)
{
    size_t length = strlen(name);
    const char *at = page->text;
    while (length > 0 && (at = strstr(at, name))) {
        size_t from = (size_t)(at - page->text);
        for (size_t i = from; i < from + length && is_named(page, from, length); i++)
            if (page->cells[i])
                page->cells[i]->role = (uint8_t)role;
        if (is_named(page, from, length))
            memset(page->painted + from, (int)length, length);
        at += length;
    }
}

void gs_named_colour(struct gs_canvas *canvas, struct gs_box box, const struct gs_look *look,
                     size_t scrolled, size_t count)
{
    const struct gs_timeline *timeline = look->run.timeline;
    struct page page;
    page.length = 0;
    read_box(&page, canvas, box);
    memset(page.painted, 0, page.length);
    for (size_t i = 0; i < count; i++) {
        size_t at = gs_rows_shown(&look->rows, scrolled, i);
        if (at >= look->rows.list.count)
            break;
        const struct gs_row *row = &look->rows.list.items[at];
        char name[GS_NAME_SIZE];
        if (row->kind != GS_ROW_LANE)
            continue;
        gs_name_actor(name, sizeof name, timeline, row->actor);
        if (strstr(page.text, name))
            colour(&page, name, gs_lanes_role(timeline, row->actor));
    }
}
