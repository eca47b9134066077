#include "cli/scenes/python.h"

#include "python/launch/find.h"
#include "python/launch/script.h"

#include <stdio.h>

bool gs_cli_python(struct gs_order *order, struct gs_error *err)
{
    char named[GS_PATH_MAX];
    if (order->guest == GS_GUEST_LUA)
        return order->python[0] == '\0' ||
               gs_error_set(err, "--python is for Python programs, and %s is a Lua scene",
                            order->scene);
    if (order->gil != GS_GIL_UNSET)
        return gs_error_set(err, "--gil is for Lua scenes: which rules Python's GIL follows is "
                                 "the interpreter's business, see --python");
    if (order->guest == GS_GUEST_COMMAND || order->clock != GS_CLOCK_VIRTUAL)
        order->clock = GS_CLOCK_REAL;
    if (order->guest == GS_GUEST_COMMAND)
        return true;
    snprintf(named, sizeof named, "%s", order->python);
    return gs_python_find(named, order->python, sizeof order->python, err) &&
           gs_script_order(order, err);
}
