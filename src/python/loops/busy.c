#include "python/loops/busy.h"

#include "python/cpython/glance.h"
#include "python/cpython/spot.h"
#include "python/drive/drive.h"
#include "python/watch/gils.h"
#include "python/watch/places.h"
#include "python/watch/ticks.h"

#include <stdlib.h>
#include <string.h>

/* Turns that compute for less block nobody. */
enum { LEAST_NS = 20000000, LINES = 32 };

/* Who computes for longer may do so for ever: where it is is told at once, and then each time that
 * it has lasted twice as long. */
enum { LONG_NS = 100000000 };

struct line {
    uint64_t ns; /* 0: the place is free */
    struct gs_glance at;
};

struct gs_busy_lines {
    struct gs_glance now; /* too large for the stack of who is interrupted */
    struct line most[LINES];
};

/* The first tick of a turn only tells that it is no short one. */
static void on_tick(struct gs_watched *self, uint64_t ns)
{
    if (self->busy->open && self->busy->looks++ > 0)
        gs_busy_look(self, ns, true);
}

void gs_busy_open(struct gs_watched *self)
{
    gs_ticks_busy = on_tick;
    if (!gs_watch.driven)
        gs_ticks_begin(self); /* the program may have given the signal back */
    if (self->busy)
        return;
    struct gs_busy *busy = calloc(1, sizeof *busy);
    struct gs_busy_lines *lines = calloc(1, sizeof *lines);
    if (!busy || !lines)
        abort();
    busy->lines = lines;
    self->busy = busy;
}

void gs_busy_close(struct gs_watched *self)
{
    struct gs_busy *busy = self->busy;
    if (!busy)
        return;
    busy->open = false;
    self->busy = NULL;
    atomic_signal_fence(memory_order_seq_cst);
    free(busy->lines);
    free(busy);
}

/* --- looking */

static bool same(const struct gs_glance *a, const struct gs_glance *b)
{
    return a->line == b->line && a->call == b->call && strcmp(a->function, b->function) == 0 &&
           strcmp(a->file, b->file) == 0;
}

/* Where many lines take turns, one that has more than its share of all is not driven out by them:
 * each that finds no place takes as much from everybody as from itself (Misra and Gries). */
static void count(struct gs_busy_lines *lines, uint64_t ns)
{
    struct line *unused = NULL;
    uint64_t least = ns;
    for (struct line *line = lines->most; line < lines->most + LINES; line++) {
        if (line->ns && same(&line->at, &lines->now)) {
            line->ns += ns;
            return;
        }
        if (!line->ns)
            unused = unused ? unused : line;
        else if (line->ns < least)
            least = line->ns;
    }
    if (unused) {
        *unused = (struct line){ns, lines->now};
        return;
    }
    for (struct line *line = lines->most; line < lines->most + LINES; line++)
        line->ns -= least;
    if (ns > least)
        count(lines, ns - least);
}

void gs_busy_look(struct gs_watched *self, uint64_t ns, bool doubtful)
{
    struct gs_busy *busy = self->busy;
    if (!gs_glance(gs_gil_python_of(self), busy->base, doubtful, &busy->lines->now))
        return;
    busy->ns += ns;
    count(busy->lines, ns);
}

/* --- a turn */

void gs_busy_begin(struct gs_watched *self, uint32_t actor)
{
    struct gs_busy *busy = self->busy;
    if (!busy)
        return;
    busy->actor = actor;
    busy->base = gs_glance_base(gs_gil_python_of(self));
    busy->looks = 0;
    busy->tell_at = LONG_NS;
    atomic_signal_fence(memory_order_seq_cst);
    busy->open = true;
}

/* The first of those that are alike. */
static const struct line *most_of(const struct gs_busy_lines *lines)
{
    const struct line *most = lines->most;
    for (const struct line *line = most + 1; line < lines->most + LINES; line++)
        most = line->ns > most->ns ? line : most;
    return most;
}

static uint16_t place_of(const struct gs_glance *at)
{
    char call[128] = "";
    uint16_t place = 0;
    if (at->call)
        gs_spot_call_name(at->call_function, at->call_file, at->call_type, call, sizeof call);
    (void)gs_places_find(at->file, call, &place);
    return place;
}

static void tell(struct gs_watched *self, const struct gs_busy *busy)
{
    const struct line *most = most_of(busy->lines);
    if (busy->ns < LEAST_NS || !most->ns || !busy->actor)
        return;
    if (busy->actor == self->loop)
        gs_watched_tell_called(self);
    gs_watch_put_event_for(
        self, (struct gs_event){.time = gs_watch_now(),
                                .actor = busy->actor,
                                .kind = GS_EVENT_BUSY,
                                .flags = (uint8_t)(most->ns * 100 / busy->ns),
                                .place = place_of(&most->at),
                                .a = gs_watch_string(most->at.function, strlen(most->at.function)),
                                .b = gs_event_pack(most->at.line, 0)});
}

static void clear(struct gs_busy *busy)
{
    for (size_t i = 0; i < LINES; i++)
        busy->lines->most[i].ns = 0;
    busy->ns = 0;
}

void gs_busy_end(struct gs_watched *self)
{
    struct gs_busy *busy = self->busy;
    if (!busy || !busy->open)
        return;
    busy->open = false;
    atomic_signal_fence(memory_order_seq_cst);
    if (!busy->ns)
        return;
    tell(self, busy);
    clear(busy);
}

/* --- the virtual clock */

static void on_computed(uint64_t ns)
{
    struct gs_watched *self = gs_watched_self;
    if (!self || !self->holds || !self->busy || !self->busy->open)
        return;
    gs_busy_look(self, ns, false);
    if (self->busy->ns < self->busy->tell_at)
        return;
    tell(self, self->busy);
    self->busy->tell_at *= 2;
}

void gs_busy_count_lines(void)
{
    gs_drive_computed = on_computed;
}
