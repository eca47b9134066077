/* Check points: where a thread that runs Lua looks whether it has to give its GIL away. Which
 * places those are is what tells CPython's versions apart:
 *
 * 3.12  loop back-edges and calls, as CPython since 3.10 (Python/ceval.c, CHECK_EVAL_BREAKER).
 *       Nothing is hooked while nobody asks. Who asks arms the hook of the holder's state, and
 *       Lua's VM looks at hooks that appear behind its back at jumps, at calls, and behind what may
 *       have called something. There it begins to look at each line, until one is a jump back.
 *       Lua allows lua_sethook out of a signal handler; but a signal to a thread on another core
 *       took 24 us here (median; 48 at p99), a quarter of a short switch interval, where CPython's
 *       flag is seen at once. So the asker calls lua_sethook itself, under the GIL's monitor, where
 *       the processor keeps stores in order (checkpoint.c). What that needs: the chain of active
 *       calls that it walks must not be freed meanwhile (memory.h sees to that), and a request may
 *       come to nothing in the few instructions in which the VM forgets an older hook (it is
 *       repeated every interval). In a coroutine it may not: there a C function's call keeps what
 *       pcall has to put back where a Lua function's keeps the mark that is set, and one can become
 *       the other meanwhile. So there the signal it is.
 * 3.9   any instruction: a permanent count hook.
 * 2.7   every 100 instructions, asked or not (here the 101st: see TICKS in checkpoint.c).
 *
 * On the virtual clock the count hook keeps the time in every profile; there the 3.12 rule is made
 * by waiting for the next call or backward jump once a hand-over is due. */
#ifndef GS_LUA_VM_CHECKPOINT_H
#define GS_LUA_VM_CHECKPOINT_H

#include <lua.h>

struct gs_actor;

/* Real clock, before the first thread: the handler of the signal (SIGURG). */
void gs_checkpoint_open(void);

/* L is a thread's own state, not a coroutine: nothing that it calls can yield. Before it is ever
 * switched to. */
void gs_checkpoint_own(lua_State *L);

/* The calling actor, which holds the GIL, runs L from here on: installs on it what the profile and
 * the clock need. */
void gs_checkpoint_switch(lua_State *L);

/* The calling actor runs nothing any more; before it lets go of the GIL, or closes what it ran. */
void gs_checkpoint_leave(void);

/* Makes holder, which runs Lua, look at its drop request soon. Called with its GIL's monitor
 * entered, so the holder cannot go away. */
void gs_checkpoint_ask(struct gs_actor *holder);

/* Looks at what asking will write to, before the drop is requested, under the same monitor: the
 * core of who asks has often just woken, and to have the holder's calls brought to it takes longer
 * than all the rest of asking. Their lines are read as gs_checkpoint_ask reads them. */
void gs_checkpoint_warm(struct gs_actor *holder);

/* Resumes a coroutine as lua_resume does, with the check points following it in and out. */
int gs_checkpoint_resume(lua_State *co, lua_State *from, int arguments, int *results);

#endif
