#include "lua/vm/cstack.h"

#include <pthread.h>
#include <stdint.h>

/* The deepest that Lua's library can get to, string.gsub 200 times within its own callback, took
 * 414 KB here. */
enum { ENOUGH = 640 << 10 };

/* Where the calling thread's stack ends; 0: not to be found out. */
static uintptr_t find_end(void)
{
    pthread_attr_t attributes;
    void *lowest = NULL;
    size_t size, guard = 0;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0)
        return 0;
    if (pthread_attr_getstack(&attributes, &lowest, &size) != 0 ||
        pthread_attr_getguardsize(&attributes, &guard) != 0)
        lowest = NULL;
    pthread_attr_destroy(&attributes);
    return lowest ? (uintptr_t)lowest + guard : 0;
}

bool gs_cstack_has_room(void)
{
    static _Thread_local uintptr_t end;
    static _Thread_local bool known;
    if (!known)
        end = find_end();
    known = true;
    return (uintptr_t)__builtin_frame_address(0) - end >= ENOUGH;
}
