#include "lua/modules/handle.h"

#include "lua/carry/carry.h"
#include "lua/library/addresses.h"
#include "lua/library/keys.h"
#include "lua/library/registry.h"

#include <string.h>

/* Keys of the registry: object kind -> metatable; address -> handle, weakly. */
static const char classes_key, handles_key;

/* Pushes the one that L has already; false: none, nothing is pushed. */
static bool push_known(lua_State *L, const struct gs_resource *resource)
{
    gs_registry_push(L, &handles_key, "v");
    bool known = lua_rawgetp(L, -1, resource) == LUA_TUSERDATA;
    lua_remove(L, -2);
    if (!known)
        lua_pop(L, 1);
    return known;
}

struct gs_handle *gs_handle_push(lua_State *L, struct gs_resource *resource)
{
    if (push_known(L, resource)) {
        gs_resource_unref(resource);
        return lua_touserdata(L, -1);
    }
    struct gs_handle *handle = lua_newuserdatauv(L, sizeof *handle, GS_KEY_NUMBER);
    *handle = (struct gs_handle){.resource = resource};
    lua_pushinteger(L, resource->number);
    lua_setiuservalue(L, -2, GS_KEY_NUMBER);
    gs_registry_push(L, &classes_key, NULL);
    lua_rawgeti(L, -1, resource->kind);
    lua_setmetatable(L, -3);
    gs_registry_push(L, &handles_key, "v");
    lua_pushvalue(L, -3);
    lua_rawsetp(L, -2, resource);
    lua_pop(L, 2);
    return handle;
}

void *gs_handle_resource(lua_State *L, int index, const char *name)
{
    struct gs_handle *handle = luaL_checkudata(L, index, name);
    return handle->resource;
}

static bool carry(void *userdata, lua_State *to, struct gs_error *err)
{
    struct gs_handle *handle = userdata;
    if (handle->bound)
        return gs_error_set(err, "%s", handle->bound);
    gs_handle_push(to, gs_resource_ref(handle->resource));
    return true;
}

static int collect(lua_State *L)
{
    struct gs_handle *handle = lua_touserdata(L, 1);
    if (handle->resource)
        gs_resource_unref(handle->resource);
    handle->resource = NULL;
    return 0;
}

static int to_string(lua_State *L)
{
    const struct gs_handle *handle = lua_touserdata(L, 1);
    lua_pushfstring(L, "<%s %s>", lua_tostring(L, lua_upvalueindex(1)), handle->resource->name);
    return 1;
}

static int name(lua_State *L)
{
    const struct gs_handle *handle = lua_touserdata(L, 1);
    lua_pushfstring(L, "%s", handle->resource->name);
    return 1;
}

/* Upvalues: the class's name, methods, attributes. */
static int read_field(lua_State *L)
{
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(2)) != LUA_TNIL)
        return 1;
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(3)) == LUA_TNIL)
        return luaL_error(L, "AttributeError: '%s' object has no attribute '%s'",
                          lua_tostring(L, lua_upvalueindex(1)), gs_push_text(L, 2));
    lua_pushvalue(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

static int refuse(lua_State *L)
{
    return luaL_error(L, "AttributeError: cannot set '%s' of a %s", gs_push_text(L, 2),
                      lua_tostring(L, lua_upvalueindex(1)));
}

static void set_fields(lua_State *L, const struct gs_handle_class *class)
{
    lua_pushstring(L, class->name);
    lua_newtable(L);
    luaL_setfuncs(L, class->methods, 0);
    lua_newtable(L);
    lua_pushcfunction(L, name);
    lua_setfield(L, -2, "name");
    if (class->attributes)
        luaL_setfuncs(L, class->attributes, 0);
    lua_pushcclosure(L, read_field, 3);
    lua_setfield(L, -2, "__index");
}

void gs_handle_register(lua_State *L, const struct gs_handle_class *class)
{
    luaL_newmetatable(L, class->name);
    set_fields(L, class);
    lua_pushstring(L, class->name);
    lua_pushcclosure(L, class->assign ? class->assign : refuse, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushstring(L, class->name);
    lua_pushcclosure(L, to_string, 1);
    lua_setfield(L, -2, "__tostring");
    lua_pushcfunction(L, collect);
    lua_setfield(L, -2, "__gc");
    /* What getmetatable() gives a scene: the metatable itself would let it call __gc. */
    lua_pushstring(L, class->name);
    lua_setfield(L, -2, "__metatable");
    gs_carry_allow(L, -1, carry);
    gs_registry_push(L, &classes_key, NULL);
    lua_pushvalue(L, -2);
    lua_rawseti(L, -2, class->kind);
    lua_pop(L, 2);
}
