/* string.format without addresses. Only what would show one costs anything: everything else goes
 * straight to Lua's own function, which also has the say about what is wrong. */
#include "lua/library/format.h"

#include "lua/library/addresses.h"

#include <lauxlib.h>
#include <string.h>

#define FLAGS "-+ #0123456789." /* and width and precision: what may stand before the letter */

/* Most arguments are numbers and texts. */
static bool any_address(lua_State *L)
{
    for (int i = lua_gettop(L); i > 1; i--)
        if (lua_type(L, i) > LUA_TSTRING && gs_has_address(L, i))
            return true;
    return false;
}

/* May be wrong about texts like "at point". */
static bool has_pointer(const char *text, size_t length)
{
    const char *end = text + length;
    for (const char *at = text; (at = memchr(at, 'p', (size_t)(end - at))); at++)
        if (at > text && memchr("%" FLAGS, at[-1], sizeof "%" FLAGS - 1))
            return true;
    return false;
}

/* The letter that the next % comes to. NULL: there is no %. */
static const char *next_letter(const char *at, const char *end)
{
    at = memchr(at, '%', (size_t)(end - at));
    return at ? at + 1 + strspn(at + 1, FLAGS) : NULL;
}

/* Puts texts in place of the arguments that %s would show by address. */
static void number_arguments(lua_State *L, const char *at, const char *end)
{
    int i = 2, count = lua_gettop(L);
    while (i <= count && (at = next_letter(at, end)) && at < end) {
        if (*at == 'p')
            luaL_error(L, "ValueError: %%p would show an address, another one in each run: "
                          "%%s numbers objects");
        if (*at == 's' && gs_has_address(L, i)) {
            gs_push_text(L, i);
            lua_replace(L, i);
        }
        i += *at++ != '%';
    }
}

/* Upvalue: Lua's string.format. */
static int format(lua_State *L)
{
    size_t length;
    const char *text = lua_tolstring(L, 1, &length);
    if (text && (has_pointer(text, length) || any_address(L)))
        number_arguments(L, text, text + length);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void gs_format_open(lua_State *L)
{
    lua_getfield(L, -1, "format");
    lua_pushcclosure(L, format, 1);
    lua_setfield(L, -2, "format");
}
