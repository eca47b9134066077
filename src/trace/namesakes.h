/* Which of several of the same name something is: the second thread of a process called "worker" is
 * told as "worker #2". Ids never change their names, so what is known stays right while the tables
 * grow; each id is looked at once. */
#ifndef GS_TRACE_NAMESAKES_H
#define GS_TRACE_NAMESAKES_H

#include "base/vec.h"
#include "trace/tables.h"

struct gs_namesake {
    uint32_t kind, process;
    uint32_t name, count; /* the last of that name, and how many there are so far */
};

/* One of them for actors, one for objects. */
struct gs_namesakes {
    GS_VEC(uint32_t) place; /* by id - 1: 1 is the first of its name */
    struct gs_namesake *slots;
    size_t room, used;
};

/* 1 for the first of its name, and for what is in no table. */
uint32_t gs_namesakes_actor(struct gs_namesakes *namesakes, const struct gs_tables *tables,
                            uint32_t actor);
uint32_t gs_namesakes_object(struct gs_namesakes *namesakes, const struct gs_tables *tables,
                             uint32_t object);
void gs_namesakes_free(struct gs_namesakes *namesakes);

#endif
