#include "lua/carry/parts.h"

#include <stdarg.h>
#include <stdio.h>

struct text {
    char *at;
    size_t left;
};

__attribute__((format(printf, 2, 3))) static void add(struct text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text->at, text->left, format, args);
    va_end(args);
    size_t used = length < 0 ? 0 : (size_t)length;
    if (used >= text->left)
        used = text->left - 1;
    text->at += used;
    text->left -= used;
}

/* Steps that begin a phrase of their own: what comes before them is told behind them. */
static bool begins_phrase(const struct gs_carry_path *path)
{
    return path->step == GS_CARRY_ROOT || path->step == GS_CARRY_CAPTURED ||
           path->step == GS_CARRY_GLOBAL;
}

/* From the phrase's beginning to path, as a Lua expression. */
static void add_phrase(struct text *text, const struct gs_carry_path *path)
{
    if (!begins_phrase(path))
        add_phrase(text, path->up);
    switch (path->step) {
    case GS_CARRY_ROOT:
    case GS_CARRY_CAPTURED:
        add(text, "%s", path->name);
        break;
    case GS_CARRY_GLOBAL:
        add(text, "the global %s", path->name);
        break;
    case GS_CARRY_FIELD:
        add(text, ".%s", path->name);
        break;
    case GS_CARRY_INDEX:
        add(text, "[%lld]", (long long)path->index);
        break;
    case GS_CARRY_KEY:
        add(text, "'s key");
        break;
    case GS_CARRY_META:
        add(text, "'s metatable");
        break;
    }
}

static void add_path(struct text *text, const struct gs_carry_path *path)
{
    for (;;) {
        add_phrase(text, path);
        while (!begins_phrase(path))
            path = path->up;
        if (path->step == GS_CARRY_ROOT)
            return;
        add(text, path->step == GS_CARRY_GLOBAL ? ", used by " : ", captured by ");
        path = path->up;
    }
}

bool gs_carry_refuse(struct gs_carrier *c, const struct gs_carry_path *path, const char *what)
{
    char buffer[512];
    struct text text = {.at = buffer, .left = sizeof buffer};
    buffer[0] = '\0';
    add_path(&text, path);
    return gs_error_set(c->err, "TypeError: cannot carry %s: %s", buffer, what);
}
