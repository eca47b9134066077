/* How much memory each process of a run on the real clock has, told as a counter of it: of its
 * anonymous memory what it has for itself, and of what forked processes have in common its share,
 * so that all of them together are what there is. Files and shared memory, the trace's own too, are
 * no part of it. Looked at from outside, so that the program has no work with it. */
#ifndef GS_CLI_STAGE_MEMORY_H
#define GS_CLI_STAGE_MEMORY_H

#include "trace/segment.h"

struct gs_memory;

struct gs_memory *gs_memory_new(void);
void gs_memory_free(struct gs_memory *memory);

/* Called often by whoever follows the run, in the thread that has its tables. A process is looked
 * at once it has lived for 20 ms, then four times a second; more rarely where there are so many
 * that this would take more than a hundredth of a core. */
void gs_memory_look(struct gs_memory *memory, struct gs_segment *segment);

#endif
