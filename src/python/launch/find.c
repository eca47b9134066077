#include "python/launch/find.h"

#include "base/which.h"
#include "python/launch/program.h"
#include "python/launch/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool say_not_found(const char *word, struct gs_error *err)
{
    if (strchr(word, '/') && access(word, F_OK) == 0)
        return gs_error_set(err,
                            "%s is there, but may not be executed: name a Python with --python or "
                            "$GILSCOPE_PYTHON; if it is one, chmod +x lets it be",
                            word);
    return gs_error_set(err,
                        "there is no Python called '%s': install python3, or name one with "
                        "--python or $GILSCOPE_PYTHON",
                        word);
}

static bool resolve(const char *word, char *path, size_t size, struct gs_error *err)
{
    if (!gs_which(word, "/usr/local/bin:/usr/bin:/bin", path, size))
        return say_not_found(word, err);
    if (gs_program_look(path) == GS_PROGRAM_SCRIPT && !gs_script_ask(path, size, err))
        return false;
    switch (gs_program_look(path)) {
    case GS_PROGRAM_DYNAMIC:
        return true;
    case GS_PROGRAM_STATIC:
        return gs_error_set(err,
                            "%s is statically linked, and nothing can watch it from inside: name "
                            "another Python with --python",
                            path);
    case GS_PROGRAM_CLOSED:
        return gs_error_set(err,
                            "%s is a Python whose functions cannot be found from outside (it was "
                            "built without dynamic symbols, or lost them), and nothing can watch "
                            "it: name another one with --python",
                            path);
    case GS_PROGRAM_SCRIPT:
    case GS_PROGRAM_NONE:
        break;
    }
    return gs_error_set(err, "%s is no program: name a Python with --python", path);
}

bool gs_python_find(const char *named, char *path, size_t size, struct gs_error *err)
{
    char active[4096];
    const char *variable = getenv("GILSCOPE_PYTHON"), *environment = getenv("VIRTUAL_ENV");
    gs_script_forget();
    if (named && *named)
        return resolve(named, path, size, err);
    if (variable && *variable)
        return resolve(variable, path, size, err);
    if (environment && *environment) {
        snprintf(active, sizeof active, "%s/bin/python3", environment);
        if (access(active, X_OK) == 0)
            return resolve(active, path, size, err);
    }
    return resolve("python3", path, size, err);
}
