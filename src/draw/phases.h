/* The phases of a run side by side, as a table: what `--print lanes` and `--stats` print, and a
 * pane draws. */
#ifndef GS_DRAW_PHASES_H
#define GS_DRAW_PHASES_H

#include "draw/table.h"
#include "timeline/judge/phases.h"

/* Its columns; and room for what stands below it. */
enum gs_phase_column {
    GS_PHASE_TITLE,
    GS_PHASE_TIME,
    GS_PHASE_CORES,
    GS_PHASE_SWITCHES,
    GS_PHASE_DATA,
    GS_PHASE_UNITS,
    GS_PHASE_COLUMNS
};
enum { GS_PHASES_SAY = 128 };

/* Fills the empty table, a row a phase: time, cores busy, switches, how much data was sent to
 * and fro, and who began, with the memory that each of them took. Free it with gs_table_free. */
void gs_phase_table_take(struct gs_table *table, const struct gs_phases *phases,
                         const struct gs_timeline *timeline);

/* What stands below it: where the memory is from. "" if no phase has any. Returns buffer. */
const char *gs_phase_table_says(char *buffer, size_t size, const struct gs_phases *phases,
                                const struct gs_timeline *timeline);

#endif
