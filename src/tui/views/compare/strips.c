#include "tui/views/compare/strips.h"

static int least(int need)
{
    return need < GS_STRIP_LEAST ? need : GS_STRIP_LEAST;
}

/* The first one that does not fit any more behind `first`. */
static size_t end_of(const int *need, size_t count, int rows, size_t first)
{
    size_t end = first;
    for (int used = 0; end < count && (used += least(need[end])) <= rows;)
        end++;
    return end;
}

void gs_strips_share(const int *need, size_t count, int rows, size_t selected, size_t *first,
                     int *height)
{
    if (*first > selected)
        *first = selected;
    while (*first < selected && end_of(need, count, rows, *first) <= selected)
        ++*first;
    while (*first > 0 && end_of(need, count, rows, *first - 1) == count)
        --*first;
    size_t end = end_of(need, count, rows, *first);
    int left = rows;
    if (end == *first && end < count) /* not even one has room */
        end++;
    for (size_t i = 0; i < count; i++) {
        height[i] = i >= *first && i < end ? least(need[i]) : 0;
        height[i] = height[i] < left ? height[i] : left;
        left -= height[i];
    }
    for (int before = -1; left != before;) {
        before = left;
        for (size_t i = *first; i < end && left > 0; i++)
            if (height[i] < need[i]) {
                height[i]++;
                left--;
            }
    }
}
