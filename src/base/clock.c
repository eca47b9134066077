#include "base/clock.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

static struct gs_clock own;
struct gs_clock *gs_clock = &own;

#if defined(__x86_64__)

/* CPUID 0x80000007 EDX bit 8: the counter runs at one rate in every power state (Intel SDM vol. 3,
 * "Invariant TSC"; AMD APM vol. 3, the same bit). */
static bool counter_is_invariant(void)
{
    unsigned a, b, c, d;
    return __get_cpuid(0x80000007, &a, &b, &c, &d) && (d & (1u << 8));
}

struct reading {
    uint64_t ns, counter;
};

/* The system clock and the counter at one instant: of several tries the one where reading took
 * least, since an interrupt between the two readings would be taken for drift. */
static struct reading read_both(void)
{
    struct reading best = {0};
    uint64_t best_gap = UINT64_MAX;
    for (int i = 0; i < 16; i++) {
        uint64_t before = gs_clock_counter();
        uint64_t ns = gs_clock_system();
        uint64_t gap = gs_clock_counter() - before;
        if (gap < best_gap) {
            best_gap = gap;
            best = (struct reading){.ns = ns, .counter = before + gap / 2};
        }
    }
    return best;
}

/* Whoever wins makes the next line; nobody else writes meanwhile. */
static bool claim(uint32_t number)
{
    return atomic_compare_exchange_strong(&gs_clock->claimed, &number, number + 1);
}

/* The place that is written is that of the line three before: who still reads there sees by the
 * number that it is gone. */
static void write_line(uint32_t number, const struct gs_clock_line *next)
{
    struct gs_clock_line *line = &gs_clock->line[number % GS_CLOCK_LINES];
    atomic_store_explicit(&line->counter, next->counter, memory_order_relaxed);
    atomic_store_explicit(&line->ns, next->ns, memory_order_relaxed);
    atomic_store_explicit(&line->scale, next->scale, memory_order_relaxed);
    atomic_store_explicit(&line->ticks, next->ticks, memory_order_relaxed);
    atomic_store_explicit(&line->after, next->after, memory_order_relaxed);
    atomic_store_explicit(&line->read_counter, next->read_counter, memory_order_relaxed);
    atomic_store_explicit(&line->read_clock, next->read_clock, memory_order_relaxed);
}

static uint64_t slope(struct reading from, struct reading to)
{
    return (uint64_t)(((gs_u128)(to.ns - from.ns) << 32) / (to.counter - from.counter));
}

static uint64_t ns_of(int64_t ticks, uint64_t scale)
{
    return (uint64_t)(((gs_i128)ticks * (gs_i128)scale) >> 32);
}

static int64_t ticks_of(uint64_t ns, uint64_t scale)
{
    return (int64_t)(((gs_u128)ns << 32) / scale);
}

void gs_clock_open(struct gs_clock *shared)
{
    enum { CALIBRATION_NS = 3000000 };
    gs_clock = shared ? shared : &own;
    if (!counter_is_invariant() || !claim(0))
        return;
    struct reading first = read_both();
    while (gs_clock_system() - first.ns < CALIBRATION_NS)
        ;
    struct reading last = read_both();
    uint64_t scale = slope(first, last);
    write_line(1, &(struct gs_clock_line){.counter = last.counter,
                                          .ns = last.ns,
                                          .scale = scale,
                                          .ticks = ticks_of(CALIBRATION_NS, scale),
                                          .after = scale,
                                          .read_counter = last.counter,
                                          .read_clock = last.ns});
    atomic_store_explicit(&gs_clock->lines, 1, memory_order_release);
}

uint64_t gs_clock_ticks(uint64_t ns)
{
    uint32_t number = atomic_load(&gs_clock->lines);
    uint64_t scale = atomic_load(&gs_clock->line[number % GS_CLOCK_LINES].scale);
    return number ? (uint64_t)ticks_of(ns, scale) : 0;
}

uint64_t gs_clock_then(uint64_t read)
{
    uint64_t counter = gs_clock_counter(), now = gs_clock_at(counter);
    uint32_t number = atomic_load(&gs_clock->lines);
    uint64_t scale = atomic_load(&gs_clock->line[number % GS_CLOCK_LINES].after);
    return now - ns_of((int64_t)(counter - read), scale);
}

static uint64_t time_on(const struct gs_clock_line *line, uint64_t counter)
{
    int64_t ticks = (int64_t)(counter - line->counter);
    if (ticks <= line->ticks)
        return line->ns + ns_of(ticks, line->scale);
    return line->ns + ns_of(line->ticks, line->scale) + ns_of(ticks - line->ticks, line->after);
}

/* Each line lasts four times as long as the one before, whose while told its scale. */
static int64_t next_ticks(int64_t ticks, uint64_t scale)
{
    int64_t second = ticks_of(1000000000u, scale);
    return ticks * 4 < second ? ticks * 4 : second;
}

/* The scale that gives back what we are ahead; by half at most. */
static uint64_t flatter(uint64_t scale, uint64_t ahead_ns, int64_t ticks)
{
    uint64_t by = (uint64_t)(((gs_u128)ahead_ns << 32) / (gs_u128)ticks);
    return scale - (by < scale / 2 ? by : scale / 2);
}

static struct gs_clock_line next_line(const struct gs_clock_line *old, struct reading now,
                                      uint64_t scale, uint64_t begin)
{
    uint64_t here = time_on(old, begin);
    uint64_t right = now.ns + ns_of((int64_t)(begin - now.counter), scale);
    uint64_t ahead = here > right ? here - right : 0;
    int64_t ticks = next_ticks(old->ticks, scale);
    return (struct gs_clock_line){.counter = begin,
                                  .ns = right + ahead,
                                  .scale = flatter(scale, ahead, ticks),
                                  .ticks = ticks,
                                  .after = scale,
                                  .read_counter = now.counter,
                                  .read_clock = now.ns};
}

/* Until it is published, the others go on along the old line. That must be short, or they are
 * further by then than the new one: who is interrupted in here begins again. */
static void make_next(uint32_t number)
{
    enum { AT_ONCE = 2000 }; /* ticks */
    const struct gs_clock_line *old = &gs_clock->line[number % GS_CLOCK_LINES];
    struct reading before = {.ns = old->read_clock, .counter = old->read_counter};
    struct reading now = read_both();
    uint64_t scale = slope(before, now), begin;
    do {
        begin = gs_clock_counter();
        struct gs_clock_line next = next_line(old, now, scale, begin);
        write_line(number + 1, &next);
    } while (gs_clock_counter() - begin > AT_ONCE);
    atomic_store_explicit(&gs_clock->lines, number + 1, memory_order_release);
}

uint64_t gs_clock_now_late(void)
{
    for (;;) {
        uint32_t number = atomic_load(&gs_clock->lines);
        if (!number)
            return gs_clock_system();
        const struct gs_clock_line *line = &gs_clock->line[number % GS_CLOCK_LINES];
        uint64_t counter = gs_clock_counter();
        if ((int64_t)(counter - line->counter) >= line->ticks && claim(number))
            make_next(number);
        /* Somebody else is at it, or was killed at it: then the old line goes on. */
        uint64_t ns = time_on(line, counter);
        if (atomic_load(&gs_clock->lines) == number)
            return ns;
    }
}

#else

void gs_clock_open(struct gs_clock *shared)
{
    gs_clock = shared ? shared : &own;
}

uint64_t gs_clock_now_late(void)
{
    return gs_clock_system();
}

uint64_t gs_clock_ticks(uint64_t ns)
{
    return ns;
}

uint64_t gs_clock_then(uint64_t read)
{
    return read;
}

#endif
