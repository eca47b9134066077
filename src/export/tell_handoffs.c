#include "export/tell.h"

#include "base/text.h"

#include <stdlib.h>

static void add_once(struct gs_actor_list *names, uint32_t actor)
{
    for (size_t i = 0; i < names->list.count; i++)
        if (names->list.items[i] == actor)
            return;
    gs_vec_push(&names->list, actor);
}

static void tell_handoff(const struct gs_teller *t, const struct gs_happening *h)
{
    gs_tell_name(t, h->other);
    switch ((enum gs_drop)h->why) {
    case GS_DROP_ASKED:
        gs_print(&t->print, " is asked for ");
        break;
    case GS_DROP_BLOCKING:
        gs_print(&t->print, " has to wait and lets go of ");
        break;
    case GS_DROP_EXIT:
        gs_print(&t->print, " is done and lets go of ");
        break;
    }
    gs_tell_gil(t, h->interpreter);
    gs_print(&t->print, h->why == GS_DROP_ASKED ? " and hands it to " : "; it goes to ");
    gs_tell_name(t, h->actor);
    gs_print(&t->print, ".\n");
}

static void tell_many_handoffs(const struct gs_teller *t, const struct gs_happening *h, size_t n)
{
    struct gs_actor_list names = {0};
    size_t asked = 0;
    char until[32];
    for (size_t i = 0; i < n; i++) {
        add_once(&names, h[i].other);
        add_once(&names, h[i].actor);
        asked += h[i].why == GS_DROP_ASKED;
    }
    gs_tell_names(t, names.list.items, names.list.count, gs_tell_plural(t, h->actor));
    gs_print(&t->print, " hand ");
    gs_tell_gil(t, h->interpreter);
    gs_printf(&t->print, " %s %zu times until %s", names.list.count == 2 ? "to and fro" : "round",
              n, gs_text_duration(until, sizeof until, h[n - 1].time));
    if (asked == n)
        gs_print(&t->print, ", each time because the owner is asked for it");
    else if (asked == 1)
        gs_print(&t->print, ", once because the owner is asked for it");
    else if (asked)
        gs_printf(&t->print, ", %zu times because the owner is asked for it", asked);
    gs_print(&t->print, ".\n");
    gs_vec_free(&names.list);
}

size_t gs_tell_handoffs(const struct gs_teller *t, const struct gs_happening *h, size_t count)
{
    size_t n = 1;
    while (n < count && h[n].kind == GS_HAPPENING_HANDOFF && h[n].interpreter == h[0].interpreter)
        n++;
    if (n == 2) /* to be told one by one is as short */
        n = 1;
    gs_tell_time(t, h->time);
    if (n == 1)
        tell_handoff(t, h);
    else
        tell_many_handoffs(t, h, n);
    return n;
}
