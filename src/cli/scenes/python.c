#include "cli/scenes/python.h"

#include "base/which.h"
#include "python/launch/find.h"
#include "python/launch/program.h"
#include "python/launch/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What gs_python_find goes by. */
static const char *word_for(const char *named, char *buffer, size_t size)
{
    const char *variable = getenv("GILSCOPE_PYTHON"), *environment = getenv("VIRTUAL_ENV");
    if (*named)
        return named;
    if (variable && *variable)
        return variable;
    snprintf(buffer, size, "%s/bin/python3", environment ? environment : "");
    return environment && *environment && access(buffer, X_OK) == 0 ? buffer : "python3";
}

static bool is_script(const char *named)
{
    char active[GS_PATH_MAX], path[GS_PATH_MAX];
    const char *word = word_for(named, active, sizeof active);
    return gs_which(word, "/usr/local/bin:/usr/bin:/bin", path, sizeof path) &&
           gs_program_look(path) == GS_PROGRAM_SCRIPT;
}

bool gs_cli_python_is_there(void)
{
    char path[GS_PATH_MAX];
    return is_script("") || gs_python_find(NULL, path, sizeof path, NULL);
}

static bool find(struct gs_order *order, struct gs_error *err)
{
    static char named[GS_PATH_MAX], found[GS_PATH_MAX];
    if (!*found || strcmp(named, order->python) != 0) {
        memcpy(named, order->python, sizeof named);
        if (!gs_python_find(named, found, sizeof found, err)) {
            *found = '\0';
            return false;
        }
    }
    memcpy(order->python, found, sizeof found);
    return gs_script_order(order, err);
}

/* *needed: an interpreter is. */
static bool settle(struct gs_order *order, bool *needed, struct gs_error *err)
{
    *needed = false;
    if (order->guest == GS_GUEST_LUA)
        return order->python[0] == '\0' ||
               gs_error_set(err, "--python is for Python programs, and %s is a Lua scene",
                            order->scene);
    if (order->gil != GS_GIL_UNSET)
        return gs_error_set(err, "--gil is for Lua scenes: which rules Python's GIL follows is "
                                 "the interpreter's business, see --python");
    if (order->guest == GS_GUEST_COMMAND || order->clock != GS_CLOCK_VIRTUAL)
        order->clock = GS_CLOCK_REAL;
    *needed = order->guest != GS_GUEST_COMMAND;
    return true;
}

bool gs_cli_python(struct gs_order *order, struct gs_error *err)
{
    bool needed;
    return settle(order, &needed, err) && (!needed || find(order, err));
}

bool gs_cli_python_later(struct gs_order *order, struct gs_error *err)
{
    bool needed;
    return settle(order, &needed, err) && (!needed || is_script(order->python) || find(order, err));
}

bool gs_cli_python_ask(struct gs_order *order, struct gs_error *err)
{
    bool runs = order->guest == GS_GUEST_PYTHON_FILE || order->guest == GS_GUEST_PYTHON_MODULE ||
                order->guest == GS_GUEST_PYTHON_APPLICATION;
    if (!runs || !is_script(order->python))
        return true;
    if (!find(order, err))
        return false;
    if (gs_script_environment())
        environ = gs_script_environment();
    return true;
}
