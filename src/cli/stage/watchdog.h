/* Watches the virtual clock from outside. Who has its baton may sleep in the kernel where the clock
 * cannot see it: in a lock of a C library's own, in a device. Then nobody of the program goes on.
 * It is told to name itself within two seconds, and may come back; if it does not, the run ends. */
#ifndef GS_CLI_STAGE_WATCHDOG_H
#define GS_CLI_STAGE_WATCHDOG_H

#include "trace/segment.h"

struct gs_watchdog {
    uint64_t looked;  /* last, ns of the system's clock */
    uint64_t asleep;  /* since when it has been found so each time; 0: it is not */
    uint32_t holder;  /* who had the baton then; … */
    uint64_t at;      /* … its time */
    unsigned signals; /* that it was sent */
};

/* Called often by whoever follows the run; looks ten times a second. All zero it begins. */
void gs_watchdog_look(struct gs_watchdog *dog, struct gs_segment *segment);

#endif
