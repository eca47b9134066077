#include "python/loops/askers.h"

#include <stdlib.h>

/* What is never called, because it was cancelled, stays: of so many the oldest goes. */
enum { MOST = 4096 };

/* In the order in which they were asked, which is that in which they are called. */
struct asked {
    const gs_py *loop, *callback;
    uint32_t actor;
    struct asked *next;
};

static struct asked *first, **last = &first;
static unsigned count;

static void remove_at(struct asked **place)
{
    struct asked *gone = *place;
    *place = gone->next;
    if (last == &gone->next)
        last = place;
    free(gone);
    count--;
}

void gs_askers_note(const gs_py *loop, const gs_py *callback, uint32_t actor)
{
    struct asked *asked = malloc(sizeof *asked);
    if (!asked)
        abort();
    if (count == MOST)
        remove_at(&first);
    *asked = (struct asked){loop, callback, actor, NULL};
    *last = asked;
    last = &asked->next;
    count++;
}

uint32_t gs_askers_take(const gs_py *callback)
{
    for (struct asked **place = &first; *place; place = &(*place)->next) {
        uint32_t actor = (*place)->actor;
        if ((*place)->callback != callback)
            continue;
        remove_at(place);
        return actor;
    }
    return 0;
}

void gs_askers_forget(const gs_py *loop)
{
    for (struct asked **place = &first; *place;) {
        if (!loop || (*place)->loop == loop)
            remove_at(place);
        else
            place = &(*place)->next;
    }
}
