#include "lua/vm/allow_threads.h"

#include "lua/vm/guest.h"
#include "lua/vm/interp.h"

void gs_block_begin(enum gs_state state, const struct gs_resource *resource)
{
    struct gs_actor *self = gs_self;
    self->waits_for = resource;
    gs_actor_enter_state(state, resource ? resource->object : 0, GS_CAUSE_NONE);
    if (gs_lua_self()->interp->gil)
        gs_gil_drop(gs_lua_self()->interp->gil, GS_DROP_BLOCKING);
    /* What blocks may turn out to be free by now: then it was its own doing that ended the wait,
     * and not who took the GIL, for whom the drop may have waited. */
    self->cause = GS_CAUSE_WORK;
}

void gs_block_end(void)
{
    struct gs_actor *self = gs_self;
    self->waits_for = NULL;
    /* Others may get the GIL meanwhile, however short the wait was. */
    gs_charge_random(GS_COST_release);
    self->ended_by = self->cause;
    gs_interp_run(gs_lua_self()->interp, self->cause);
}
