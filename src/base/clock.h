/* The wall clock of a run, in nanoseconds of CLOCK_MONOTONIC. Where the processor's time stamp
 * counter is invariant it is read directly (9 ns instead of 21, and the time stamp is nine tenths
 * of what an event costs); elsewhere the system clock is. Any thread may read; opening is not
 * thread-safe and comes first. */
#ifndef GS_BASE_CLOCK_H
#define GS_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>
#if defined(__x86_64__)
#include <x86intrin.h>
#endif

/* ISO C has no such type; the compilers this builds with do. */
__extension__ typedef unsigned __int128 gs_u128;

struct gs_clock {
    uint64_t counter_base; /* counter value at ns_base */
    uint64_t ns_base;      /* CLOCK_MONOTONIC at counter_base */
    uint64_t scale;        /* ns a counter tick, as 32.32 fixed point; 0: use the system clock */
};

extern struct gs_clock gs_clock;

/* Calibrates the counter against CLOCK_MONOTONIC; blocks for about 3 ms. Calling it again is
 * harmless and keeps the first calibration. */
void gs_clock_open(void);

static inline uint64_t gs_clock_system(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

/* Now, in ns on CLOCK_MONOTONIC's scale. */
static inline uint64_t gs_clock_now(void)
{
#if defined(__x86_64__)
    if (__builtin_expect(gs_clock.scale != 0, 1)) {
        uint64_t ticks = __rdtsc() - gs_clock.counter_base;
        return gs_clock.ns_base + (uint64_t)(((gs_u128)ticks * gs_clock.scale) >> 32);
    }
#endif
    return gs_clock_system();
}

#endif
