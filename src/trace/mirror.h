/* The reader's own copy of a segment's tables. What runs the scene may be killed in mid-air, or be
 * no friend: it can change a row or a string at any time, also between a reader's check and its
 * use. So each row and string is copied when it is first asked for, made sense of, and never looked
 * at in the segment again.
 *
 * Belongs to one thread: the one that has the timeline. */
#ifndef GS_TRACE_MIRROR_H
#define GS_TRACE_MIRROR_H

#include "base/error.h"
#include "trace/tables.h"

#include <stddef.h>

struct gs_segment;
struct gs_actor_slot;
struct gs_object_slot;
struct gs_place_slot;

struct gs_mirror {
    struct gs_tables tables; /* first: the ops get their mirror back by a cast */
    const struct gs_segment *segment;
    struct gs_actor_slot *actors;
    struct gs_object_slot *objects;
    struct gs_place_slot *places;
    char *strings;       /* at the same places as in the segment */
    unsigned char *ends; /* a bit for each place where a copied string ends, which stays so */
    struct gs_facts facts;
    uint32_t actor_count, object_count; /* as read last: they never get less */
    char *memory;
    size_t size;
};

/* Takes addresses, no memory: that comes with what is copied. */
bool gs_mirror_init(struct gs_mirror *mirror, const struct gs_segment *segment,
                    struct gs_error *err);
void gs_mirror_destroy(struct gs_mirror *mirror);

#endif
