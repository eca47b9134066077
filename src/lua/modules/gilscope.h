/* The module `gilscope`: what a scene asks the program itself about its run, where Python has no
 * name for it. With it a scene can state claims about the GIL, not only about time.
 *
 *   gilscope.watch(fn, ...)  runs fn(...) and returns what the GIL of this interpreter did
 *                            meanwhile: { seconds, hand_offs, requests, releases,
 *                            shortest_slice (seconds; math.huge: nobody was asked to let go),
 *                            lines = { [line] = how many hand-overs were asked for there } }
 *   gilscope.woken_by()      the name of the thread that ended the caller's last wait, or nil if
 *                            none did: a time limit, or there was nothing to wait for
 *   gilscope.clock           "virtual" or "real": how exactly a claim about time can hold
 */
#ifndef GS_LUA_MODULES_GILSCOPE_H
#define GS_LUA_MODULES_GILSCOPE_H

#include <lua.h>

/* A lua_CFunction for luaL_requiref: pushes the module's table. */
int gs_gilscope_module_open(lua_State *L);

#endif
