/* Library functions as keys of tables, hashed by the same places in each run. */
#ifndef GS_LUA_LIBRARY_FUNCTIONS_H
#define GS_LUA_LIBRARY_FUNCTIONS_H

#include <lua.h>

/* Gives the functions of all that was opened so far, methods too, a place that is the same in each
 * run. What they do stays the same. */
void gs_functions_enclose(lua_State *L);

#endif
