/* The order in which lanes stand under one another: process ▸ interpreter's GIL ▸ its threads ▸
 * loop ▸ tasks, each group foldable. A row is a lane with a place in that tree; the text lanes and
 * the screen show the same rows. */
#ifndef GS_TIMELINE_ROWS_H
#define GS_TIMELINE_ROWS_H

#include "timeline/timeline.h"

enum gs_row_kind {
    GS_ROW_GROUP, /* a process, or an interpreter where a process has several */
    GS_ROW_GIL,   /* an interpreter's owners; absent when it has no GIL */
    GS_ROW_LANE   /* a thread, loop or task */
};

struct gs_row {
    enum gs_row_kind kind;
    uint32_t actor;
    uint16_t depth;   /* 0 for a process */
    bool folded;      /* a group whose rows below are left out */
    uint32_t hidden;  /* … and how many lanes, GILs among them, those are */
    uint32_t helpers; /* a group's lanes of helper threads that are left out */
};

struct gs_rows {
    GS_VEC(struct gs_row) list;
};

/* What is left out. Threads and processes that only help others (GS_ACTOR_HELPER) are, unless they
 * are asked for, or what the run is about: one has failed, or the run stands still and the thread
 * in it waits. A filter keeps a lane whose name contains the text, case-insensitively, and
 * the groups that lead to it. */
struct gs_row_choice {
    const uint32_t *folded; /* actors of folded groups */
    size_t folded_count;
    const uint32_t *opened; /* actors of groups whose helpers are shown; a helper process's: all */
    size_t opened_count;
    bool helpers;       /* those of all are */
    const char *filter; /* NULL or "": all */
};

/* Rebuilds rows from the lanes that have been born. choice may be NULL. */
void gs_rows_build(struct gs_rows *rows, const struct gs_timeline *timeline,
                   const struct gs_row_choice *choice);
void gs_rows_free(struct gs_rows *rows);

/* What stands to the left of a lane: "process 1", "GIL", "Thread-1"; safe to print. Of
 * several interpreters each has its name on the group that its GIL stands in. */
const char *gs_row_title(char *buffer, size_t size, const struct gs_timeline *timeline,
                         const struct gs_row *row);

#endif
