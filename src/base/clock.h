/* The wall clock of a run, in nanoseconds of CLOCK_MONOTONIC. Where the processor's time stamp
 * counter is invariant it is read directly (9 ns instead of 21, and the time stamp is nine tenths
 * of what an event costs); elsewhere the system clock is.
 *
 * How the counter becomes ns is a straight line, and the line lies in memory that all processes of
 * a run share, so that their events stand on one time line. What 3 ms of calibration tell is right
 * to some millionths: each line is good for a while, at most a second, and whoever reads the clock
 * after that, in whatever process, makes the next one. It begins at the system clock's time, or if
 * the old one is further by then, there, and is flat enough to meet the system clock when its own
 * while is over: time never goes back, and stays within a microsecond of what a deadline is
 * measured by.
 *
 * Any thread may read; a process opens the clock before that. */
#ifndef GS_BASE_CLOCK_H
#define GS_BASE_CLOCK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* ISO C has no such types; the compilers this builds with do. */
__extension__ typedef unsigned __int128 gs_u128;
__extension__ typedef __int128 gs_i128;

struct gs_clock_line {
    _Atomic uint64_t counter; /* where it begins … */
    _Atomic uint64_t ns;      /* … and the time there */
    _Atomic uint64_t scale;   /* ns a tick, as 32.32 fixed point */
    _Atomic int64_t ticks;    /* for how long it is good */
    _Atomic uint64_t after;   /* the scale beyond, until there is another line */
    /* Counter and system clock at one instant, for the next line's scale. */
    _Atomic uint64_t read_counter, read_clock;
};

/* All zero is a clock that nobody has opened yet. */
struct gs_clock {
    _Atomic uint32_t lines;       /* made so far: the newest is this one, modulo GS_CLOCK_LINES */
    _Atomic uint32_t claimed;     /* one more than `lines` while somebody makes the next */
    struct gs_clock_line line[4]; /* … of which 0 says until then: late, always */
};
enum { GS_CLOCK_LINES = sizeof((struct gs_clock *)0)->line / sizeof(struct gs_clock_line) };

/* The one that this process reads: its own until it opens another. */
extern struct gs_clock *gs_clock;

/* From now on this process reads the clock at shared, or its own if that is NULL. Who comes first
 * calibrates it, which blocks for about 3 ms; until that is done everybody reads the system's. */
void gs_clock_open(struct gs_clock *shared);

/* The same where a line has had its while: makes the next one, in a microsecond or two. */
uint64_t gs_clock_now_late(void);

static inline uint64_t gs_clock_system(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

/* What the clock is read from: two readings are compared without either becoming a time. */
static inline uint64_t gs_clock_counter(void)
{
#if defined(__x86_64__)
    /* __rdtsc() by its compilers' name: <x86intrin.h>, which has all intrinsics, takes longer to
     * compile than most files that read the clock. */
    return __builtin_ia32_rdtsc();
#else
    return gs_clock_system();
#endif
}

/* How far the counter goes in so many ns, to some millionths; 0: it does not tell. */
uint64_t gs_clock_ticks(uint64_t ns);

/* The time of a reading of the counter that the caller has just made, as gs_clock_now()'s. */
static inline uint64_t gs_clock_at(uint64_t read)
{
#if defined(__x86_64__)
    const struct gs_clock *clock = gs_clock;
    uint32_t number = atomic_load_explicit(&clock->lines, memory_order_acquire);
    const struct gs_clock_line *line = &clock->line[number % GS_CLOCK_LINES];
    uint64_t counter = atomic_load_explicit(&line->counter, memory_order_relaxed);
    uint64_t scale = atomic_load_explicit(&line->scale, memory_order_relaxed);
    /* On another core the counter may be read a few ticks before the line begins: that wraps, and
     * is as late as can be. */
    uint64_t ticks = read - counter;
    uint64_t ns = atomic_load_explicit(&line->ns, memory_order_relaxed) +
                  (uint64_t)(((gs_u128)ticks * scale) >> 32);
    bool late = ticks >= (uint64_t)atomic_load_explicit(&line->ticks, memory_order_relaxed);
    /* Who was away for long in here would go on with a line that others have left. This processor
     * reads in the order that is written here; the compiler must as well. */
    atomic_signal_fence(memory_order_acquire);
    late |= number != atomic_load_explicit(&clock->lines, memory_order_relaxed);
    return __builtin_expect(late, 0) ? gs_clock_now_late() : ns;
#else
    return read;
#endif
}

/* The time of an earlier reading, to some millionths of what has gone by since: the line that it
 * was read on may be gone. */
uint64_t gs_clock_then(uint64_t read);

/* Now, in ns on CLOCK_MONOTONIC's scale. */
static inline uint64_t gs_clock_now(void)
{
    return gs_clock_at(gs_clock_counter());
}

#endif
