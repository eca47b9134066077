/* The order in which lanes stand under one another: process ▸ interpreter's GIL ▸ its threads ▸
 * loop ▸ tasks, each group foldable, the many tasks of a loop into one lane. A thread stands in the
 * interpreter whose code it has run for longest, a process's main thread in its own. A row is a
 * lane with a place in that tree; the text lanes and the screen show the same rows. */
#ifndef GS_TIMELINE_ROWS_H
#define GS_TIMELINE_ROWS_H

#include "timeline/timeline.h"

enum gs_row_kind {
    GS_ROW_GROUP, /* a process, or an interpreter where a process has several */
    GS_ROW_GIL,   /* an interpreter's owners; absent when it has no GIL */
    GS_ROW_LANE,  /* a thread or a task */
    GS_ROW_LOOP,  /* a loop's turns: whose they are */
    GS_ROW_TASKS, /* all tasks of the loop in one lane: how many do what */
    GS_ROW_LOCK   /* a lock's owners; its actor is the object */
};

struct gs_row {
    enum gs_row_kind kind;
    uint32_t actor;
    uint16_t depth;   /* 0 for a process */
    bool folded;      /* a group whose rows below are left out, or tasks in one lane */
    uint32_t hidden;  /* … and how many lanes, GILs among them, those are */
    uint32_t helpers; /* a group's lanes of helper threads that are left out … */
    uint32_t locks;   /* … of locks that somebody has waited for … */
    uint32_t absent; /* … and of threads and tasks that were not there in the time that is shown */
    uint32_t process; /* a thread's that stands for all of it; 0: it has rows of its own */
    bool idle;        /* a process of which nothing else is known than how long it was there */
    bool pinned;
};

/* A row is named by what it shows: its index changes with every fold, filter and birth. */
struct gs_row_name {
    enum gs_row_kind kind;
    uint32_t actor;
};

struct gs_rows {
    GS_VEC(struct gs_row) list;
    size_t apart;  /* how many there are where nothing is put together */
    size_t pinned; /* rows that stand first, whichever of the others are shown */
};

/* The index of the i-th row that is shown where the others are scrolled by so many. */
static inline size_t gs_rows_shown(const struct gs_rows *rows, size_t scrolled, size_t i)
{
    return i < rows->pinned ? i : scrolled + i;
}

/* What is left out. Threads, tasks and processes that only help others (GS_ACTOR_HELPER) are,
 * unless they are asked for, or what the run is about: one has failed, or the run stands still and
 * the thread in it waits. A filter keeps a lane whose name, or coroutine, contains the text,
 * case-insensitively, or that is in the state of that word, and the groups that lead to it. More
 * tasks of a loop than `most_tasks` are one lane, unless there is a filter. Threads, tasks and
 * loops that were not there between two times are left out as well, unless somebody looks at them.
 * Where rows are short a process of one thread is that thread's lane, with the name of the process,
 * the tasks of a loop are one lane, and locks have none. */
struct gs_row_choice {
    const uint32_t *folded; /* actors of folded groups, loops whose tasks are one lane */
    size_t folded_count;
    const uint32_t *opened; /* actors of groups whose helpers are shown; a helper process's: all; of
                               loops whose tasks have a lane each */
    size_t opened_count;
    bool helpers;         /* those of all are */
    bool locks;           /* that the program made and somebody has waited for have rows, the first
                             GS_ROWS_LOCKS of an interpreter, all of one that is opened */
    uint32_t most_tasks;  /* 0: GS_ROWS_TASKS */
    size_t room;          /* rows are put together until they are so many; 0: never */
    uint64_t from, until; /* … between these; equal: of all time */
    struct gs_row_name looked_at;     /* by somebody: it stays */
    const struct gs_row_name *pinned; /* rows that stand first, in this order */
    size_t pinned_count;
    bool living_first;  /* who has ended stands behind those beside it that have not */
    uint64_t time;      /* when a lane is to be in the state that the filter names */
    const char *filter; /* NULL or "": all */
};

enum { GS_ROWS_TASKS = 20, GS_ROWS_LOCKS = 4 };

/* The state that a text names as a whole, case-insensitively; NONE: none. */
enum gs_state gs_row_state(const char *text);

/* The row that shows an actor, where nothing is folded. */
enum gs_row_kind gs_row_of(const struct gs_tables *tables, uint32_t actor);

/* Rebuilds rows from the lanes that have been born. choice may be NULL. */
void gs_rows_build(struct gs_rows *rows, const struct gs_timeline *timeline,
                   const struct gs_row_choice *choice);
void gs_rows_free(struct gs_rows *rows);

/* What stands to the left of a lane: "process 1", "GIL", "Thread-1"; safe to print. Of
 * several interpreters each has its name on the group that its GIL stands in. */
const char *gs_row_title(char *buffer, size_t size, const struct gs_timeline *timeline,
                         const struct gs_row *row);

#endif
