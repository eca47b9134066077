/* Which lines of a function a loop's jump goes back to. Under 3.12 a due hand-over waits for such a
 * jump, and all that Lua tells of one is that the line goes back, which an expression over several
 * lines does as well:
 *
 *     total = total +
 *         step           the addition is the first line's again
 *
 * Lua does not tell at which instruction it is. But the form that lua_dump writes has all of them
 * with their lines, and so the lines that a loop goes back to. Where an expression goes back to
 * one of these, it is still taken for the jump. */
#ifndef GS_LUA_VM_LOOPS_H
#define GS_LUA_VM_LOOPS_H

#include <lua.h>
#include <stdbool.h>

/* In a line hook, which has come to ar->currentline from a line below it: may that be a loop's
 * jump? Where the form of the code is not known, and it is Lua 5.4's that is, it may. */
bool gs_loops_may_jump(lua_State *L, lua_Debug *ar);

#endif
