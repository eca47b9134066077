#include "python/cpython/methods.h"

#include <string.h>

static const struct gs_kind_word types[] = {
    {"Event", GS_OBJECT_EVENT},        {"Condition", GS_OBJECT_CONDITION},
    {"Barrier", GS_OBJECT_BARRIER},    {"Semaphore", GS_OBJECT_SEMAPHORE},
    {"Queue", GS_OBJECT_QUEUE},        {"Thread", GS_OBJECT_THREAD},
    {"Future", GS_OBJECT_FUTURE},      {"SimpleQueue", GS_OBJECT_QUEUE},
    {"ApplyResult", GS_OBJECT_FUTURE}, {"IMapIterator", GS_OBJECT_FUTURE},
};

/* Of objects whose type says nothing. */
static const struct gs_kind_word methods[] = {
    {"get", GS_OBJECT_QUEUE},    {"put", GS_OBJECT_ROOM},      {"join", GS_OBJECT_THREAD},
    {"start", GS_OBJECT_THREAD}, {"result", GS_OBJECT_FUTURE}, {"_shutdown", GS_OBJECT_THREAD},
};

enum gs_object_kind gs_kind_of_word(const struct gs_kind_word *words, size_t count,
                                    const char *word)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i].word, word) == 0)
            return words[i].kind;
    }
    return GS_OBJECT_NONE;
}

enum gs_object_kind gs_kind_of_type(const struct gs_kind_word *words, size_t count, gs_py *type)
{
    enum gs_object_kind kind = GS_OBJECT_NONE;
    for (; type && kind == GS_OBJECT_NONE; type = gs_type_base(type)) {
        const char *name = gs_type_name(type), *dot = strrchr(name, '.');
        kind = gs_kind_of_word(words, count, dot ? dot + 1 : name);
    }
    return kind;
}

#define COUNT(words) (sizeof(words) / sizeof(words)[0])

static enum gs_object_kind kind_of(gs_py *type, const char *method)
{
    enum gs_object_kind kind = gs_kind_of_type(types, COUNT(types), type),
                        by_method = gs_kind_of_word(methods, COUNT(methods), method);
    switch ((int)kind) {
    case GS_OBJECT_NONE:
        return by_method;
    case GS_OBJECT_QUEUE:
        return by_method == GS_OBJECT_ROOM     ? GS_OBJECT_ROOM
               : by_method == GS_OBJECT_THREAD ? GS_OBJECT_TASKS
                                               : GS_OBJECT_QUEUE;
    case GS_OBJECT_THREAD: /* every thread is inside its own run() */
        return by_method;
    default:
        return kind;
    }
}

/* The same method of the same type is met again and again. */
enum gs_object_kind gs_method_waits_for(const struct gs_frame *frame)
{
    enum { KNOWN = 32 };
    static _Thread_local struct {
        gs_py *code, *type;
        enum gs_object_kind kind;
    } known[KNOWN];
    char method[64];
    gs_py *self = gs_frame_self(frame), *type = self ? gs_object_type(self) : NULL;
    size_t at = ((uintptr_t)frame->code >> 4) % KNOWN;
    if (known[at].code == frame->code && known[at].type == type)
        return known[at].kind;
    gs_frame_function(frame, method, sizeof method);
    known[at].code = frame->code;
    known[at].type = type;
    return known[at].kind = kind_of(type, method);
}
