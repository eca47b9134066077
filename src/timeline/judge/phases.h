/* What each phase of a run comes to, side by side: the same work in one way and then in another. */
#ifndef GS_TIMELINE_JUDGE_PHASES_H
#define GS_TIMELINE_JUDGE_PHASES_H

#include "base/vec.h"
#include "timeline/judge/sums.h"

struct gs_phase_figures {
    uint32_t title; /* string */
    uint64_t start;
    bool open; /* it goes on; it has come so far */
    struct gs_sums sums;
    /* Who began in it, as many as there were at a time; without who only helps others, and of a
     * process without its first thread. */
    uint32_t processes, threads, tasks;
    uint64_t room; /* bytes that these took, at most: see gs_phases_are_modelled; 0: not known */
};

struct gs_phases {
    GS_VEC(struct gs_phase_figures) list; /* by start */
};

/* Those that begin between the two instants, both included, as far as they have come by the latter.
 * Looks at every lane, once a phase. */
void gs_phases_take(struct gs_phases *phases, const struct gs_timeline *timeline, uint64_t from,
                    uint64_t until);
void gs_phases_free(struct gs_phases *phases);

/* How many began in the phase, together; and whether the room they took is that of room.def, or
 * measured: by how much the memory of all processes grew. */
uint32_t gs_phase_units(const struct gs_phase_figures *phase);
bool gs_phases_are_modelled(const struct gs_timeline *timeline);

#endif
