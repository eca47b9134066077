/* Check points: where a thread that runs Lua looks whether it has to give its GIL away. Which
 * places those are is what tells CPython's versions apart:
 *
 * 3.12  loop back-edges and calls, as CPython since 3.10 (Python/ceval.c, CHECK_EVAL_BREAKER).
 *       Nothing is hooked while nobody asks. A request arms the hook out of a signal handler (the
 *       documented asynchronous use of lua_sethook), and Lua's VM looks at hooks that appear
 *       behind its back only at jumps and calls: just the rule.
 * 3.9   any instruction: a permanent count hook.
 * 2.7   every 100 instructions, asked or not.
 *
 * On the virtual clock the count hook keeps the time in every profile; there the 3.12 rule is made
 * by waiting for the next call or backward jump once a hand-over is due. */
#ifndef GS_RUNTIME_CHECKPOINT_H
#define GS_RUNTIME_CHECKPOINT_H

#include <lua.h>

struct gs_actor;

/* Once a process, before the first actor: the signal's handler. */
void gs_checkpoint_open(void);

/* Installs on L what the runtime's profile and clock need; the caller owns L. */
void gs_checkpoint_install(lua_State *L);

/* Makes holder, which runs Lua, look at its drop request soon. Called with its GIL's monitor
 * entered, so the holder cannot go away. */
void gs_checkpoint_ask(struct gs_actor *holder);

/* Resumes a coroutine as lua_resume does, with the check points following it in and out. */
int gs_checkpoint_resume(lua_State *co, lua_State *from, int arguments, int *results);

#endif
