/* Two computing threads that fight for one GIL on the real clock, measured from inside as one
 * measures CPython from inside Python: each notes the holes in its own time. The trace is not
 * asked, so that a run with tracing off is measured alike. tests/bench/gil_peer.py does the same in
 * Python. */
#ifndef GS_SUPPORT_FIGHT_H
#define GS_SUPPORT_FIGHT_H

#include <stdint.h>

enum gs_fight_kind {
    GS_FIGHT_UNTRACED,
    GS_FIGHT_TRACED, /* a collector drains the rings */
    GS_FIGHT_DRAWN   /* the screen draws the run live on a terminal of 120×40 */
};

struct gs_fight {
    double hand_offs;           /* a second */
    double slice_ms;            /* median */
    double latency_us, late_us; /* from one thread's last sign to the other's first: median, p99 */
};

/* Blocks for the given time and a little more. */
struct gs_fight gs_fight_run(enum gs_fight_kind kind, uint64_t interval_ns, double seconds);

#endif
