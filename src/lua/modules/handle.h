/* Lua's handles of what the runtime counts references of: locks, events, queues, threads … One
 * userdata a thing and global state, so that handles are equal when the things are. */
#ifndef GS_LUA_MODULES_HANDLE_H
#define GS_LUA_MODULES_HANDLE_H

#include "sched/resource.h"

#include <lauxlib.h>

struct gs_handle {
    struct gs_resource *resource; /* a reference */
    const char *bound; /* why it cannot go to another global state; NULL: it can. Static text */
};

struct gs_handle_class {
    const char *name; /* "Lock" */
    enum gs_object_kind kind;
    const luaL_Reg *methods;
    const luaL_Reg *attributes; /* read as fields: called with the handle; may be NULL */
    lua_CFunction assign;       /* __newindex; NULL: fields cannot be assigned */
};

/* Makes the class known to L; before any of its handles is pushed or carried there. */
void gs_handle_register(lua_State *L, const struct gs_handle_class *class);

/* Pushes the handle, whose user value 1 is free, and takes over the caller's reference. */
struct gs_handle *gs_handle_push(lua_State *L, struct gs_resource *resource);

/* The thing behind argument `index`, which must be a handle of the kind; raises otherwise. */
void *gs_handle_resource(lua_State *L, int index, const char *name);

#endif
