#include "python/watch/lines.h"

#include "python/cpython/glance.h"
#include "python/cpython/spot.h"
#include "python/watch/gils.h"
#include "python/watch/places.h"

#include <stdlib.h>

struct gs_lines {
    struct gs_glance now; /* too large for the stack of who is interrupted */
    uint64_t looked;      /* when that was */
    uint64_t since;       /* in the state of then … */
    uint32_t line;        /* … this was told last */
    uint16_t place;
};

void gs_lines_open(struct gs_watched *self)
{
    self->lines = calloc(1, sizeof *self->lines);
    if (!self->lines)
        abort();
}

/* Nobody is in the middle of writing into its ring: it itself, or who tells for it. */
static bool can_tell(const struct gs_watched *self)
{
    return self->lines && !self->stores && !self->crowded && !self->stuck &&
           self->state == GS_STATE_RUNNING && self->ring.shared && !self->ring.waits &&
           !atomic_load_explicit(&self->let_go, memory_order_relaxed) &&
           atomic_load_explicit(&gs_watch.begun, memory_order_relaxed);
}

/* In the state that it is in, by this row; otherwise by the event that told the state. */
static bool has_told(const struct gs_watched *self, const struct gs_lines *l)
{
    return l->line && l->since == self->since;
}

static bool is_news(const struct gs_watched *self, const struct gs_lines *l, uint16_t place)
{
    bool told = has_told(self, l);
    return l->now.line != (told ? l->line : self->line) || place != (told ? l->place : self->place);
}

/* What Python does before the program's first line is nobody's line. */
static bool starts_up(const struct gs_watched *self, const struct gs_lines *l)
{
    return self->id == gs_watch.main_thread && !self->line && !l->line &&
           gs_spot_whose(l->now.file) < GS_WHOSE_GENERATED;
}

/* A stretch that began in no line, as a thread's first does, was in its first one since it was
 * looked at last, as far as anybody can tell. */
static uint64_t time_of(const struct gs_watched *self, const struct gs_lines *l)
{
    if (self->line || has_told(self, l))
        return gs_watch_now();
    return l->looked > self->since ? l->looked : self->since;
}

static void tell(struct gs_watched *self, struct gs_lines *l, uint16_t place)
{
    gs_ring_put_parts(&self->ring, time_of(self, l), self->id, GS_EVENT_STATE, GS_STATE_RUNNING,
                      place, 0, gs_event_pack(l->now.line, GS_CAUSE_NONE));
    l->since = self->since;
    l->line = l->now.line;
    l->place = place;
}

void gs_lines_look(struct gs_watched *self)
{
    struct gs_lines *l = self->lines;
    uint16_t place;
    if (!can_tell(self) || !gs_glance(gs_gil_python_of(self), NULL, true, &l->now))
        return;
    if (!starts_up(self, l) && gs_places_glanced(&l->now, &place) && is_news(self, l, place))
        tell(self, l, place);
    l->looked = gs_watch_now();
}
