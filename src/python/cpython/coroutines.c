#include "python/cpython/coroutines.h"

#include <string.h>

/* By version, in bytes: in a coroutine its frame (which from 3.11 on is a part of it) and its
 * state; in a frame what tells where its stack ends, and its variables, behind which that is. See
 * Include/cpython/genobject.h, Include/internal/pycore_frame.h, Include/cpython/frameobject.h. */
struct layout {
    size_t frame;
    size_t state; /* 0: there is none */
    int8_t gives_way;
    size_t top;       /* a number of places, … */
    size_t variables; /* … from here on; … */
    bool pointer;     /* … or the end itself */
    bool inside;
    size_t bottom; /* 3.10: the stack's first place stands here */
};

static const struct layout layouts[] = {
    [9] = {.frame = 16, .top = 72, .pointer = true},
    [10] = {.frame = 16, .top = 80, .bottom = 64},
    [11] = {.frame = 80, .state = 75, .gives_way = -1, .top = 64, .variables = 72, .inside = true},
    [12] = {.frame = 72, .state = 67, .gives_way = -1, .top = 64, .variables = 72, .inside = true},
    [13] = {.frame = 72, .state = 67, .gives_way = -1, .top = 64, .variables = 72, .inside = true},
};

static const struct layout *layout(void)
{
    size_t known = sizeof layouts / sizeof layouts[0];
    const struct layout *p = (size_t)gs_cpython.minor < known ? &layouts[gs_cpython.minor] : NULL;
    return p && p->frame ? p : NULL;
}

/* What lies on top of the frame's stack; NULL: nothing does. */
static gs_py *top_of(const struct layout *p, char *frame)
{
    if (p->pointer) {
        char *end = gs_pointer_at(frame, p->top);
        return end ? gs_pointer_at(end - sizeof(void *), 0) : NULL;
    }
    int count;
    memcpy(&count, frame + p->top, sizeof count);
    char *first = p->bottom ? gs_pointer_at(frame, p->bottom) : frame + p->variables;
    return count > 0 ? gs_pointer_at(first, ((size_t)count - 1) * sizeof(void *)) : NULL;
}

/* An asynchronous generator is one as well; what awaits its next value is an object that has it. */
static gs_py *coroutine_behind(gs_py *awaited)
{
    enum { STEP_GENERATOR = 16 };
    gs_py *type = awaited ? gs_object_type(awaited) : NULL;
    if (!type || type == gs_cpython.coroutine_type)
        return awaited;
    return strcmp(gs_type_name(type), "async_generator_asend") == 0
               ? gs_pointer_at(awaited, STEP_GENERATOR)
               : NULL;
}

bool gs_coroutine_look(gs_py *awaited, struct gs_frame *frame, gs_py **awaits)
{
    const struct layout *p = layout();
    gs_py *coroutine = p ? coroutine_behind(awaited) : NULL;
    *awaits = NULL;
    if (!coroutine)
        return false;
    if (p->state && (int8_t)((char *)coroutine)[p->state] != p->gives_way)
        return false;
    char *inner = p->inside ? (char *)coroutine + p->frame : gs_pointer_at(coroutine, p->frame);
    if (!inner || !gs_frames_at(inner, frame) || frame->offset < 0)
        return false;
    *awaits = top_of(p, inner);
    return true;
}
