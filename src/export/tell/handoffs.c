#include "export/tell/tell.h"

#include "base/text.h"

#include <stdlib.h>

/* So many hand-offs between the same two are a fight. */
enum { LONG_FIGHT = 4 };

/* Past this many ns a GIL was not handed on, but lay there until somebody came. */
enum { LAY_FREE = 1000000 };

static void add_once(struct gs_actor_list *names, uint32_t actor)
{
    for (size_t i = 0; i < names->list.count; i++)
        if (names->list.items[i] == actor)
            return;
    gs_vec_push(&names->list, actor);
}

/* An old GIL's owner is never asked for it. */
static bool is_old(const struct gs_teller *t, const struct gs_happening *h)
{
    const struct gs_actor_row *row = t->tables->actor(t->tables, h->interpreter);
    return row && row->gil == GS_GIL_27;
}

/* Told when it is taken: by then it is long ago that its owner let go. */
static void tell_free_gil(const struct gs_teller *t, const struct gs_happening *h)
{
    static const char *const reasons[] = {[GS_DROP_ASKED] = "was asked for it",
                                          [GS_DROP_BLOCKING] = "had to wait",
                                          [GS_DROP_EXIT] = "was done"};
    const char *reason = h->why == GS_DROP_ASKED && is_old(t, h) ? "released it" : reasons[h->why];
    char since[32];
    gs_tell_name(t, h->actor);
    gs_print(&t->print, " takes ");
    gs_tell_gil(t, h->interpreter);
    gs_printf(&t->print, ", which is free since %s, when ",
              gs_text_duration(since, sizeof since, h->let_go));
    gs_tell_name(t, h->other);
    gs_printf(&t->print, " %s.\n", reason);
}

static void tell_handoff(const struct gs_teller *t, const struct gs_happening *h)
{
    const char *does = "", *then = "; it goes to ";
    switch ((enum gs_drop)h->why) {
    case GS_DROP_ASKED:
        does = is_old(t, h) ? "releases" : "is asked for";
        then = is_old(t, h) ? " and loses the race for it to " : " and hands it to ";
        break;
    case GS_DROP_BLOCKING:
        does = "has to wait and lets go of";
        break;
    case GS_DROP_EXIT:
        does = "is done and lets go of";
        break;
    }
    gs_tell_name(t, h->other);
    gs_printf(&t->print, " %s ", does);
    gs_tell_gil(t, h->interpreter);
    gs_print(&t->print, then);
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
    const char *why = is_old(t, h) ? "releases it and loses the race for it" : "is asked for it";
    if (asked == n)
        gs_printf(&t->print, ", each time because the owner %s", why);
    else if (asked == 1)
        gs_printf(&t->print, ", once because the owner %s", why);
    else if (asked)
        gs_printf(&t->print, ", %zu times because the owner %s", asked, why);
    gs_print(&t->print, ".\n");
    gs_vec_free(&names.list);
}

/* Hand-offs of one GIL from h on. */
static size_t same_gil(const struct gs_happening *h, size_t count)
{
    size_t n = 0;
    while (n < count && h[n].kind == GS_HAPPENING_HANDOFF && h[n].interpreter == h[0].interpreter)
        n++;
    return n;
}

/* … of them, those between the first two owners only. */
static size_t to_and_fro(const struct gs_happening *h, size_t count)
{
    size_t n = 0;
    while (n < count && (h[n].actor == h[0].actor || h[n].actor == h[0].other) &&
           (h[n].other == h[0].actor || h[n].other == h[0].other))
        n++;
    return n;
}

size_t gs_tell_handoffs(const struct gs_teller *t, const struct gs_happening *h, size_t count)
{
    size_t all = same_gil(h, count);
    size_t n = to_and_fro(h, all);
    /* Two that fight for long are a sentence of their own, so what comes before ends there. */
    if (n < LONG_FIGHT)
        for (n = 1; n < all && to_and_fro(h + n, all - n) < LONG_FIGHT;)
            n++;
    if (n == 2) /* one by one is as short */
        n = 1;
    gs_tell_time(t, h->time);
    if (n == 1 && h->time - h->let_go > LAY_FREE)
        tell_free_gil(t, h);
    else if (n == 1)
        tell_handoff(t, h);
    else
        tell_many_handoffs(t, h, n);
    return n;
}
