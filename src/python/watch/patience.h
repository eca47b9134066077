/* On the real clock each thread says when it begins to wait without a time limit, and for what: see
 * sched/standing.h, and sync/standstill.h for what comes of it. */
#ifndef GS_PYTHON_WATCH_PATIENCE_H
#define GS_PYTHON_WATCH_PATIENCE_H

#include "python/watch/watch.h"
#include "sched/standing.h"

/* The calling thread (NULL: none of ours), whose lane shows what it waits for, begins to wait for
 * that without a time limit, in a single call that a signal may interrupt; for a file, for the end
 * of a child, of any for 0. And has waited. */
static inline void gs_patience_begin(struct gs_watched *self, enum gs_standing_for waits)
{
    if (self && self->standing)
        gs_standing_begin(self->standing, waits);
}

static inline void gs_patience_file(struct gs_watched *self, int fd)
{
    if (!self || !self->standing)
        return;
    self->standing->file[0] = fd;
    self->standing->files = 1;
    self->standing->ear = -1;
    gs_standing_begin(self->standing, GS_STANDING_FILES);
}

static inline void gs_patience_child(struct gs_watched *self, pid_t child)
{
    if (!self || !self->standing)
        return;
    self->standing->child = child > 0 ? child : 0;
    gs_standing_begin(self->standing, GS_STANDING_CHILD);
}

static inline void gs_patience_over(struct gs_watched *self)
{
    if (self && self->standing)
        gs_standing_end(self->standing);
}

#endif
