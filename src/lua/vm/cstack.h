/* How much of the calling thread's C stack is left. Lua counts how deep C calls nest, up to 200,
 * but each state by itself: a thread that goes on in another interpreter, or that closes a
 * coroutine, begins to count anew, on the same stack. So whoever lets it asks here first. */
#ifndef GS_LUA_VM_CSTACK_H
#define GS_LUA_VM_CSTACK_H

#include <stdbool.h>

/* Is there as much as 200 nested calls may take? */
bool gs_cstack_has_room(void);

#endif
