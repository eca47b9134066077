#include "export/tell/tell.h"

#include "base/text.h"
#include "timeline/explain/awaited.h"
#include "timeline/explain/cancelled.h"
#include "timeline/explain/facts.h"
#include "timeline/turns.h"
#include "trace/where.h"

#include <stdlib.h>

static const struct gs_span *span_of(const struct gs_teller *t, const struct gs_happening *h)
{
    return &gs_timeline_lane(t->timeline, h->actor)->spans.items[h->index];
}

static bool is_sleep(const struct gs_teller *t, const struct gs_span *span)
{
    return span->state == GS_STATE_AWAITING &&
           gs_explain_object(t->timeline, span->on)->kind == GS_OBJECT_SLEEP;
}

static void say_waiting_for(const struct gs_teller *t, const struct gs_happening *h, bool several)
{
    const struct gs_span *span = span_of(t, h);
    char what[GS_AWAITED_SIZE];
    const char *s = several ? "" : "s";
    if (gs_tell_kind(t, h->actor) == GS_ACTOR_LOOP)
        gs_printf(&t->print, " wait%s in %s selector", s, several ? "their" : "its");
    else if (span->state == GS_STATE_SLEEPING || is_sleep(t, span))
        gs_printf(&t->print, " sleep%s", s);
    else if (span->state == GS_STATE_AWAITING && span->on)
        gs_printf(&t->print, " await%s %s", s,
                  gs_awaited_words(what, sizeof what, t->timeline,
                                   gs_timeline_lane(t->timeline, h->actor), span));
    else if (span->state == GS_STATE_IO && !span->on)
        gs_printf(&t->print, " wait%s for a socket or pipe", s);
    else if (!span->on)
        gs_printf(&t->print, " wait%s", s);
    else
        gs_printf(&t->print, " wait%s for %s", s,
                  gs_awaited_words(what, sizeof what, t->timeline,
                                   gs_timeline_lane(t->timeline, h->actor), span));
}

/* What a loop of the thread's calls then that is no task's step; NULL: nothing. */
static const struct gs_label *callback_of(const struct gs_teller *t, const struct gs_happening *h)
{
    const struct gs_label *callback = NULL;
    if (gs_tell_kind(t, h->actor) != GS_ACTOR_THREAD)
        return NULL;
    for (uint32_t id = h->actor + 1; id <= t->tables->actors(t->tables) && !callback; id++) {
        const struct gs_actor_row *row = t->tables->actor(t->tables, id);
        if (row && row->kind == GS_ACTOR_LOOP && row->parent == h->actor)
            callback = gs_turn_callback(t->timeline, id, h->time);
    }
    return callback;
}

/* A task that waits as a thread does keeps its loop from running anybody else, and so does a
 * callback. */
static void say_blocking(const struct gs_teller *t, const struct gs_happening *h, bool several)
{
    const struct gs_label *callback = several ? NULL : callback_of(t, h);
    char text[GS_NAME_SIZE];
    bool blocks =
        gs_tell_kind(t, h->actor) == GS_ACTOR_TASK && span_of(t, h)->state != GS_STATE_AWAITING;
    if (blocks)
        gs_print(&t->print, several ? " and block their loop" : " and blocks its loop");
    if (callback)
        gs_printf(&t->print, " in the callback %s and blocks its loop",
                  gs_name_string(text, sizeof text, t->tables, callback->text));
}

/* Where, if that is one place. */
static void say_where(const struct gs_teller *t, const struct gs_happening *h, size_t count)
{
    const struct gs_span *span = span_of(t, h);
    char where[GS_WHERE_SIZE];
    for (size_t i = 1; i < count; i++) {
        const struct gs_span *other = span_of(t, &h[i]);
        if (other->line != span->line || other->place != span->place)
            return;
    }
    if (span->line && gs_tell_kind(t, h->actor) != GS_ACTOR_LOOP)
        gs_printf(&t->print, " (%s)",
                  gs_where_text(where, sizeof where, t->tables, span->line, span->place));
}

static void say_wait_end(const struct gs_teller *t, const struct gs_happening *h)
{
    const struct gs_span *span = span_of(t, h);
    char until[32], canceller[GS_CANCELLED_SIZE];
    if (span->open) {
        gs_print(&t->print, " and never gets on");
        return;
    }
    gs_printf(&t->print, " until %s", gs_text_duration(until, sizeof until, span->end));
    bool waits =
        span->state == GS_STATE_WAITING || (span->state == GS_STATE_AWAITING && !is_sleep(t, span));
    if (gs_cancelled_by(canceller, sizeof canceller, t->timeline,
                        gs_timeline_lane(t->timeline, h->actor), span))
        gs_printf(&t->print, ", when %s cancels it", canceller);
    else if (waits && span->cause == GS_CAUSE_CLOCK)
        gs_print(&t->print, ", when its time limit ends the wait");
    else if (span->cause == GS_CAUSE_SIGNAL)
        gs_print(&t->print, ", when a signal interrupts it");
    else if (waits && span->cause && span->cause <= t->tables->actors(t->tables)) {
        gs_print(&t->print, ", when ");
        gs_tell_name(t, span->cause);
        gs_print(&t->print, " ends the wait");
    }
}

/* Who has the lock that is waited for, as the wait begins; 0: it is none, or somebody has let go of
 * it in that moment. */
static uint32_t owner_of(const struct gs_teller *t, const struct gs_happening *h)
{
    return gs_explain_lock_owner(t->timeline, span_of(t, h), h->time);
}

static void say_owner(const struct gs_teller *t, const struct gs_happening *h)
{
    uint32_t owner = owner_of(t, h);
    if (!owner)
        return;
    gs_print(&t->print, ", which ");
    gs_tell_name(t, owner);
    gs_print(&t->print, gs_explain_has_ended(t->timeline, owner, h->time) ? " held when it ended,"
                                                                          : " holds,");
}

/* One sentence tells both. */
static bool alike(const struct gs_teller *t, const struct gs_happening *h,
                  const struct gs_happening *other)
{
    const struct gs_span *a = span_of(t, h), *b = span_of(t, other);
    return a->state == b->state && a->on == b->on && owner_of(t, h) == owner_of(t, other) &&
           gs_awaited_start(t->timeline, gs_timeline_lane(t->timeline, h->actor), a) ==
               gs_awaited_start(t->timeline, gs_timeline_lane(t->timeline, other->actor), b);
}

/* Nobody is named twice: who waits again does so after the others. */
static bool is_named(const struct gs_happening *h, size_t count, uint32_t actor)
{
    for (size_t i = 0; i < count; i++)
        if (h[i].actor == actor)
            return true;
    return false;
}

size_t gs_tell_waits(const struct gs_teller *t, const struct gs_happening *h, size_t count)
{
    size_t n = 1;
    while (n < count && h[n].kind == GS_HAPPENING_WAIT && alike(t, h, &h[n]) &&
           !is_named(h, n, h[n].actor))
        n++;
    struct gs_actor_list names = gs_happening_actors(h, n);
    gs_tell_time(t, h->time);
    gs_tell_names(t, names.list.items, n, gs_tell_plural(t, h->actor));
    say_waiting_for(t, h, n > 1);
    say_blocking(t, h, n > 1);
    say_where(t, h, n);
    say_owner(t, h);
    if (n == 1)
        say_wait_end(t, h);
    gs_print(&t->print, ".\n");
    gs_vec_free(&names.list);
    return n;
}
