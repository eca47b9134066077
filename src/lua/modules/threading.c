/* threading: put together from its parts. */
#include "lua/modules/modules.h"

int gs_threading_module_open(lua_State *L)
{
    lua_newtable(L);
    gs_threading_open_locks(L);
    gs_threading_open_events(L);
    gs_threading_open_conditions(L);
    gs_threading_open_barriers(L);
    gs_threading_open_threads(L);
    return 1;
}
