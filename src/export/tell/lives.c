#include "export/tell/tell.h"

#include "base/text.h"
#include "timeline/ends.h"

#include <stdlib.h>

/* Happenings that one sentence tells: the same kind of thing, of the same kind of actor. */
static size_t lives_like(const struct gs_teller *t, const struct gs_happening *h, size_t count)
{
    size_t n = 1;
    while (n < count && h[n].kind == h[0].kind && h[n].other == h[0].other &&
           h[n].why == h[0].why && gs_tell_kind(t, h[n].actor) == gs_tell_kind(t, h[0].actor))
        n++;
    return n;
}

/* The same, of deaths: what became of a process is its own story, and who ended with one is told
 * apart from who ended with another. */
static size_t die_alike(const struct gs_teller *t, const struct gs_happening *h, size_t count)
{
    size_t alike = lives_like(t, h, count), n = 1;
    uint32_t process = gs_tables_process(t->tables, h->actor);
    if (!gs_death_is_sudden(h->why))
        return alike;
    while (n < alike && h->actor != process && gs_tables_process(t->tables, h[n].actor) == process)
        n++;
    return n;
}

static void say_last(const struct gs_teller *t, const struct gs_happening *h, size_t n)
{
    char last[32];
    gs_text_duration(last, sizeof last, h[n - 1].time);
    if (n > 1 && h[n - 1].time != h->time)
        gs_printf(&t->print, ", the last at %s", last);
}

size_t gs_tell_births(const struct gs_teller *t, const struct gs_happening *h, size_t count)
{
    size_t n = lives_like(t, h, count);
    struct gs_actor_list names = gs_happening_actors(h, n);
    gs_tell_time(t, h->time);
    if (h->other) {
        gs_tell_name(t, h->other);
        gs_print(&t->print, " starts ");
    }
    gs_tell_names(t, names.list.items, n, gs_tell_plural(t, h->actor));
    gs_print(&t->print, h->other ? "" : n == 1 ? " starts" : " start");
    say_last(t, h, n);
    gs_print(&t->print, ".\n");
    gs_vec_free(&names.list);
    return n;
}

/* Of one task it is known which. */
static void say_error(const struct gs_teller *t, const struct gs_happening *h, size_t n)
{
    const struct gs_lane *lane = gs_timeline_lane(t->timeline, h->actor);
    if (n > 1 || gs_tell_kind(t, h->actor) != GS_ACTOR_TASK || !lane->by) {
        gs_print(&t->print, " with an uncaught error");
        return;
    }
    gs_print(&t->print, " with ");
    gs_print_visible(&t->print, t->tables->string(t->tables, lane->by));
}

static void say_cancelled(const struct gs_teller *t, const struct gs_happening *h, size_t n)
{
    uint32_t by = gs_timeline_lane(t->timeline, h->actor)->by;
    for (size_t i = 1; i < n; i++)
        by = gs_timeline_lane(t->timeline, h[i].actor)->by == by ? by : 0;
    gs_print(&t->print, by ? ", cancelled by " : ", cancelled");
    if (by)
        gs_tell_name(t, by);
}

size_t gs_tell_deaths(const struct gs_teller *t, const struct gs_happening *h, size_t count)
{
    size_t n = die_alike(t, h, count);
    struct gs_actor_list names = gs_happening_actors(h, n);
    bool process = gs_tables_process(t->tables, h->actor) == h->actor;
    char how[GS_END_SIZE] = "";
    if (process || h->why == GS_DEATH_REPLACED)
        gs_end_of_process(how, sizeof how, t->timeline, h->actor);
    gs_tell_time(t, h->time);
    gs_tell_names(t, names.list.items, n, gs_tell_plural(t, h->actor));
    if (*how)
        gs_printf(&t->print, n == 1 ? " is %s" : " are %s", how);
    else
        gs_print(&t->print, n == 1 ? " ends" : " end");
    if (h->why == GS_DEATH_ERROR)
        say_error(t, h, n);
    else if (h->why == GS_DEATH_CANCELLED)
        say_cancelled(t, h, n);
    else if (gs_end_was_forgotten(t->timeline, gs_timeline_lane(t->timeline, h->actor)))
        gs_print(&t->print, n == 1 ? " before it is done" : " before they are done");
    else if (h->why && !process && !*how)
        gs_print(&t->print, n == 1 ? " with its process" : " with their process");
    say_last(t, h, n);
    gs_print(&t->print, ".\n");
    gs_vec_free(&names.list);
    return n;
}
