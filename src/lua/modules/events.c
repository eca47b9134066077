/* threading.Event. */
#include "lua/modules/arguments.h"
#include "lua/modules/handle.h"
#include "lua/modules/modules.h"
#include "lua/sync/flag.h"

static int new_event(lua_State *L)
{
    static const char *const names[] = {"name", NULL};
    gs_arguments(L, 1, names);
    struct gs_flag *flag = gs_flag_new(luaL_optstring(L, 1, NULL));
    if (!flag)
        return luaL_error(L, "MemoryError: no memory for an event");
    gs_handle_push(L, &flag->resource);
    return 1;
}

static int event_set(lua_State *L)
{
    gs_flag_set(gs_handle_resource(L, 1, "Event"));
    return 0;
}

static int event_clear(lua_State *L)
{
    gs_flag_clear(gs_handle_resource(L, 1, "Event"));
    return 0;
}

static int event_is_set(lua_State *L)
{
    lua_pushboolean(L, gs_flag_is_set(gs_handle_resource(L, 1, "Event")));
    return 1;
}

static int event_wait(lua_State *L)
{
    static const char *const names[] = {"timeout", NULL};
    struct gs_flag *flag = gs_handle_resource(L, 1, "Event");
    gs_arguments(L, 2, names);
    lua_pushboolean(L, gs_flag_wait(flag, gs_arguments_deadline(L, 2)));
    return 1;
}

void gs_threading_open_events(lua_State *L)
{
    static const luaL_Reg methods[] = {{"set", event_set},
                                       {"clear", event_clear},
                                       {"is_set", event_is_set},
                                       {"wait", event_wait},
                                       {NULL, NULL}};
    static const struct gs_handle_class class = {
        .name = "Event", .kind = GS_OBJECT_EVENT, .methods = methods};
    gs_handle_register(L, &class);
    lua_pushcfunction(L, new_event);
    lua_setfield(L, -2, "Event");
}
