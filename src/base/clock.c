#include "base/clock.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

struct gs_clock gs_clock;

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
        uint64_t before = __rdtsc();
        uint64_t ns = gs_clock_system();
        uint64_t gap = __rdtsc() - before;
        if (gap < best_gap) {
            best_gap = gap;
            best = (struct reading){.ns = ns, .counter = before + gap / 2};
        }
    }
    return best;
}

void gs_clock_open(void)
{
    enum { CALIBRATION_NS = 3000000 };
    if (gs_clock.scale || !counter_is_invariant())
        return;
    struct reading first = read_both();
    while (gs_clock_system() - first.ns < CALIBRATION_NS)
        ;
    struct reading last = read_both();
    if (last.counter <= first.counter)
        return;
    gs_clock.counter_base = last.counter;
    gs_clock.ns_base = last.ns;
    gs_clock.scale =
        (uint64_t)(((gs_u128)(last.ns - first.ns) << 32) / (last.counter - first.counter));
}

#else

void gs_clock_open(void)
{
}

#endif
