#include "tui/views/compare/same.h"

#include "tui/look/cursor.h"

#include <string.h>

bool gs_same_has_name(const struct gs_look *look)
{
    const struct gs_row *rows = look->rows.list.items;
    return look->rows.list.count > 1 && rows[0].kind == GS_ROW_GROUP && !rows[0].folded;
}

long gs_same_gil(const struct gs_look *look)
{
    for (size_t i = 0; i < look->rows.list.count; i++)
        if (look->rows.list.items[i].kind == GS_ROW_GIL)
            return (long)i;
    return -1;
}

/* No row stays free, and where not all are shown, the name of the only process can be missed
 * first. */
static void keep_in(const struct gs_look *look, size_t room, size_t *first, bool with_name)
{
    size_t count = look->rows.list.count;
    if (*first + room > count)
        *first = count > room ? count - room : 0;
    if (*first == 0 && !with_name && count > room && gs_same_has_name(look))
        *first = 1;
}

void gs_same_scroll(const struct gs_look *look, size_t room, size_t *first)
{
    long row = gs_cursor_row(look);
    if (row >= 0 && (size_t)row < *first)
        *first = (size_t)row;
    if (row >= 0 && (size_t)row >= *first + room)
        *first = (size_t)row - room + 1;
    keep_in(look, room, first, row == 0);
}

static bool same_title(const struct gs_look *a, size_t row, const struct gs_look *b, size_t other)
{
    const struct gs_row *one = &a->rows.list.items[row], *two = &b->rows.list.items[other];
    char title[256], other_title[256];
    return one->kind == two->kind &&
           strcmp(gs_row_title(title, sizeof title, a->run.timeline, one),
                  gs_row_title(other_title, sizeof other_title, b->run.timeline, two)) == 0;
}

/* How many rows up to this one have its title: every process has a MainThread. */
static size_t namesakes(const struct gs_look *look, size_t row)
{
    size_t count = 0;
    for (size_t i = 0; i <= row; i++)
        count += same_title(look, row, look, i);
    return count;
}

/* The row that has the title of the other's, and is as manieth of it; -1: there is none. */
static long counterpart(const struct gs_look *look, const struct gs_look *other, size_t row)
{
    size_t before = namesakes(other, row);
    for (size_t i = 0; i < look->rows.list.count; i++)
        if (same_title(other, row, look, i) && --before == 0)
            return (long)i;
    return -1;
}

/* What has a counterpart only from the next lane on begins with what stands above that. */
void gs_same_follow(const struct gs_look *look, size_t room, size_t *first,
                    const struct gs_look *other, size_t from)
{
    for (size_t i = from; i < other->rows.list.count; i++) {
        long row = counterpart(look, other, i);
        if (row < 0)
            continue;
        bool alone = row > 0 && look->rows.list.items[row - 1].kind == GS_ROW_GIL;
        *first = (size_t)row - alone;
        break;
    }
    keep_in(look, room, first, from == 0);
}
