/* Circles among those who are stuck. What is held by one alone makes a chain, but a semaphore's
 * units may be with many: so it is a search, in width, for the shortest way back. */
#include "sched/stall.h"

#include <stdlib.h>

struct search {
    const struct gs_stall *stall;
    size_t first;
    long *came_from; /* the row that led to each; -1: not seen yet */
    size_t *queue;
    size_t count;
};

/* Returns whether one of those who have what the row waits for is the first row again. */
static bool look_from(struct search *s, size_t row)
{
    const struct gs_stuck *stuck = &s->stall->rows.items[row];
    for (size_t i = 0; i < stuck->holders.count; i++) {
        long next = stuck->holders.items[i].stuck;
        if (next < 0)
            continue;
        if ((size_t)next == s->first)
            return true;
        if (s->came_from[next] >= 0)
            continue;
        s->came_from[next] = (long)row;
        s->queue[s->count++] = (size_t)next;
    }
    return false;
}

static size_t way_to(const struct search *s, size_t row, size_t *path)
{
    size_t length = 1;
    for (size_t r = row; r != s->first; r = (size_t)s->came_from[r])
        length++;
    for (size_t at = length; at-- > 0; row = (size_t)s->came_from[row])
        path[at] = row;
    return length;
}

static size_t search(struct search *s, size_t *path)
{
    s->came_from[s->first] = (long)s->first;
    s->queue[s->count++] = s->first;
    for (size_t i = 0; i < s->count; i++)
        if (look_from(s, s->queue[i]))
            return way_to(s, s->queue[i], path);
    return 0;
}

static bool leads_on(const struct gs_stuck *stuck)
{
    for (size_t i = 0; i < stuck->holders.count; i++)
        if (stuck->holders.items[i].stuck >= 0)
            return true;
    return false;
}

size_t gs_stall_circle(const struct gs_stall *stall, size_t first, size_t *path)
{
    size_t count = stall->rows.count;
    if (!leads_on(&stall->rows.items[first]))
        return 0;
    struct search s = {.stall = stall,
                       .first = first,
                       .came_from = malloc(count * sizeof *s.came_from),
                       .queue = malloc(count * sizeof *s.queue)};
    if (!s.came_from || !s.queue)
        abort();
    for (size_t i = 0; i < count; i++)
        s.came_from[i] = -1;
    size_t length = search(&s, path);
    free(s.came_from);
    free(s.queue);
    return length;
}
