#include "tui/views/compare/strips.h"

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static int least(const struct gs_strip *strip)
{
    return smaller(strip->need, GS_STRIP_LEAST);
}

/* The first one that does not fit any more behind `first`. */
static size_t end_of(const struct gs_strip *strips, size_t count, int rows, size_t first)
{
    size_t end = first;
    for (int used = 0; end < count && (used += least(&strips[end])) <= rows;)
        end++;
    return end;
}

/* Where everybody may have so many rows, and its own. */
static int height_at(const struct gs_strip *strip, int level)
{
    int height = smaller(strip->need, level + strip->own);
    return height > least(strip) ? height : least(strip);
}

static int rows_at(const struct gs_strip *strips, size_t first, size_t end, int level)
{
    int rows = 0;
    for (size_t i = first; i < end; i++)
        rows += height_at(&strips[i], level);
    return rows;
}

void gs_strips_share(struct gs_strip *strips, size_t count, int rows, size_t selected,
                     size_t *first)
{
    if (*first > selected)
        *first = selected;
    while (*first < selected && end_of(strips, count, rows, *first) <= selected)
        ++*first;
    while (*first > 0 && end_of(strips, count, rows, *first - 1) == count)
        --*first;
    size_t end = end_of(strips, count, rows, *first);
    for (size_t i = 0; i < count; i++)
        strips[i].height = 0;
    if (end == *first && end < count) { /* not even one has room */
        strips[end].height = rows;
        return;
    }
    int level = GS_STRIP_LEAST - 1;
    while (level < rows && rows_at(strips, *first, end, level + 1) <= rows)
        level++;
    for (size_t i = *first; i < end; i++)
        strips[i].height = height_at(&strips[i], level);
}
