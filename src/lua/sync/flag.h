/* Event: threading.Event, one flag that many wait for. The functions are called with the GIL held.
 */
#ifndef GS_LUA_SYNC_FLAG_H
#define GS_LUA_SYNC_FLAG_H

#include "lua/sync/block.h"

struct gs_flag {
    struct gs_resource resource;
    bool set;      /* guarded by the monitor, like all that follows */
    uint64_t sets; /* how often it was set: a waiter must not miss a set that was cleared again */
};

/* The caller holds the first reference. NULL: no memory. */
struct gs_flag *gs_flag_new(const char *name);

void gs_flag_set(struct gs_flag *flag);
void gs_flag_clear(struct gs_flag *flag);
bool gs_flag_is_set(struct gs_flag *flag);

/* True: the flag is set, or was set while the caller waited. */
bool gs_flag_wait(struct gs_flag *flag, uint64_t deadline);

#endif
