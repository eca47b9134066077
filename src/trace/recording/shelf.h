/* The tables of a recording: filled from its ROWS, read like those of a live run. For one thread.
 */
#ifndef GS_TRACE_RECORDING_SHELF_H
#define GS_TRACE_RECORDING_SHELF_H

#include "base/error.h"
#include "trace/tables.h"

#include <stddef.h>

struct gs_shelf_actor;
struct gs_shelf_object;
struct gs_shelf_place;

struct gs_shelf {
    struct gs_tables tables; /* first: the ops get their shelf back by a cast */
    struct gs_shelf_actor *actors;
    struct gs_shelf_object *objects;
    struct gs_shelf_place *places;
    char *strings; /* at their ids; what nobody filled is "" */
    struct gs_facts facts;
    uint32_t actor_count, object_count;
    uint64_t left_out;
    char *memory;
    size_t size;
};

/* Takes addresses, no memory: that comes with what is put there. */
bool gs_shelf_init(struct gs_shelf *shelf, struct gs_error *err);
void gs_shelf_destroy(struct gs_shelf *shelf); /* harmless on one that is all zero */

/* False: no trace has such an id, or a string of that size there. */
bool gs_shelf_put_actor(struct gs_shelf *shelf, uint32_t id, const struct gs_actor_row *row);
bool gs_shelf_put_object(struct gs_shelf *shelf, uint32_t id, const struct gs_object_row *row);
bool gs_shelf_put_place(struct gs_shelf *shelf, uint32_t id, const struct gs_place_row *row);
bool gs_shelf_put_string(struct gs_shelf *shelf, uint32_t id, const void *text, size_t size);

#endif
