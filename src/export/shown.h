/* Which lanes an exporter of data has: those of the rows that somebody looks at, or all. Private to
 * export/. */
#ifndef GS_EXPORT_SHOWN_H
#define GS_EXPORT_SHOWN_H

#include "export/export.h"

struct gs_shown {
    bool *actors; /* by id; NULL: all are */
    uint32_t count;
};

/* Tasks that are one lane are there with it: each on its own, as data has room for all. */
struct gs_shown gs_shown_of(const struct gs_export_source *source);
void gs_shown_free(struct gs_shown *shown);

/* False for 0, too: that is no actor. */
bool gs_shown_has(const struct gs_shown *shown, uint32_t actor);

/* Whether an event of the actor's is told: of lanes that are left out there stays what the program
 * said, since it said it to all, and what is missing. */
bool gs_shown_tells(const struct gs_shown *shown, uint32_t actor, unsigned kind);

#endif
