/* How fast a film of a run goes: which instant of the run is shown when. Its own speed where
 * somebody asked for one, else that of the phase that is shown, of the scene, or one that fits the
 * run; and faster where nothing changes for longer than whoever watches is to wait. */
#ifndef GS_EXPORT_CAST_PACE_H
#define GS_EXPORT_CAST_PACE_H

#include "base/vec.h"
#include "export/export.h"

/* From here on, until the next one begins. */
struct gs_pace_piece {
    uint64_t run; /* ns of the run */
    double shown; /* ns of the film */
    double speed; /* ns of the run a ns of the film */
};

struct gs_film_pace {
    GS_VEC(struct gs_pace_piece) list; /* by time; never empty */
    uint64_t until;                    /* where the run's part ends, in ns of the run, … */
    double length;                     /* … and of the film */
};

/* Of the run from … until. Free it. */
void gs_film_pace_take(struct gs_film_pace *pace, const struct gs_export_source *source,
                       uint64_t from, uint64_t until);
void gs_film_pace_free(struct gs_film_pace *pace);

/* The instant of the run at one of the film, and back; at the ends that of the end. */
uint64_t gs_film_run_time(const struct gs_film_pace *pace, double shown);
double gs_film_shown_time(const struct gs_film_pace *pace, uint64_t run);
double gs_film_speed(const struct gs_film_pace *pace, uint64_t run);

#endif
