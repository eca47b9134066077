#include "python/cpython/glance.h"

#include "base/own.h"
#include "python/cpython/frames.h"
#include "python/cpython/layout.h"
#include "python/cpython/spot.h"

#include <string.h>
#include <sys/uio.h>

enum { DEEPEST = 200, PAGE = 4096 };

static bool read_at(bool doubtful, const void *from, size_t place, void *to, size_t size)
{
    char *at = (char *)(uintptr_t)from + place;
    struct iovec here = {to, size}, there = {at, size};
    if (doubtful)
        return process_vm_readv(gs_own_pid(), &here, 1, &there, 1, 0) == (ssize_t)size;
    memcpy(to, at, size);
    return true;
}

/* NULL: it is not to be read, or is NULL. */
static const void *pointer(bool doubtful, const void *object, size_t place)
{
    const void *value;
    return object && read_at(doubtful, object, place, &value, sizeof value) ? value : NULL;
}

/* --- text */

enum part { WHOLE, HEAD, TAIL };

/* What of a string fits. False: it cannot be read, or does not fit and should. */
static bool text_of(bool doubtful, const void *string, enum part part, char *text, size_t size)
{
    uint32_t kept[GS_GLANCE_PATH / sizeof(uint32_t)];
    size_t length, first = 0;
    uint32_t state;
    if (!string || !read_at(doubtful, string, GS_HEAD_LENGTH, &length, sizeof length) ||
        !read_at(doubtful, string, GS_TEXT_STATE, &state, sizeof state))
        return false;
    size_t width = gs_layout_width(state), from = gs_layout_characters(gs_layout(), state);
    size_t most = from == gs_layout()->ascii ? 1 : width == 1 ? 2 : 4; /* bytes a character */
    size_t room = (size < sizeof kept ? size - 5 : sizeof kept - 5) / most;
    if ((width != 1 && width != 2 && width != 4) || (length > room && part == WHOLE))
        return false;
    if (length > room) {
        first = part == TAIL ? length - room : 0;
        length = room;
    }
    if (!read_at(doubtful, string, from + first * width, kept, length * width))
        return false;
    gs_layout_text(state, kept, length, text, size);
    return true;
}

/* C's text, which may end where its page does. */
static bool name_at(bool doubtful, const char *from, char *text, size_t size)
{
    size_t used = 0;
    while (from && used < size - 1) {
        size_t part = PAGE - ((uintptr_t)from + used) % PAGE;
        part = part < size - 1 - used ? part : size - 1 - used;
        if (!read_at(doubtful, from, used, text + used, part))
            return false;
        used += part;
        if (memchr(text + used - part, '\0', part))
            return true;
    }
    text[used] = '\0';
    return from != NULL;
}

/* --- frames */

struct view {
    bool doubtful;
    const void *frame, *previous, *code;
    int offset;
    bool shim;
};

/* A code object that is alive: of one that has just been freed the head is overwritten, or will
 * be. */
static bool is_code(const struct view *v)
{
    struct {
        int64_t references;
        const void *type;
    } head;
    return v->code && read_at(v->doubtful, v->code, 0, &head, sizeof head) &&
           head.type == gs_cpython.code_type && head.references > 0;
}

static bool look(struct view *v, const void *frame)
{
    const struct gs_layout *p = gs_layout();
    const char *at;
    int number;
    unsigned char owner = 0;
    v->frame = frame;
    v->previous = pointer(v->doubtful, frame, p->previous);
    if (p->owner && !read_at(v->doubtful, frame, p->owner, &owner, 1))
        return false;
    v->shim = owner >= GS_FRAME_OF_C;
    if (v->shim)
        return true;
    v->code = pointer(v->doubtful, frame, p->code);
    if (!is_code(v))
        return false;
    if (p->scale) {
        if (!read_at(v->doubtful, frame, p->instruction, &number, sizeof number))
            return false;
        v->offset = number * p->scale;
        return true;
    }
    at = pointer(v->doubtful, frame, p->instruction);
    v->offset = (int)(at - ((const char *)v->code + p->bytes));
    return at != NULL;
}

static bool text_in(const struct view *v, size_t place, enum part part, char *text, size_t size)
{
    return text_of(v->doubtful, pointer(v->doubtful, v->code, place), part, text, size);
}

/* The type of a method's object, which may stand in a cell: see gs_frame_self. "": it is none. */
static void type_in(const struct view *v, char *text, size_t size)
{
    const struct gs_layout *p = gs_layout();
    char first[16] = "";
    const void *variables = pointer(v->doubtful, v->code, p->variables);
    *text = '\0';
    if (!pointer(v->doubtful, variables, GS_HEAD_LENGTH) ||
        !text_of(v->doubtful, pointer(v->doubtful, variables, GS_TUPLE_FIRST), HEAD, first,
                 sizeof first) ||
        strcmp(first, "self") != 0)
        return;
    const void *self = pointer(v->doubtful, v->frame, p->locals);
    for (int i = 0; i < 2; i++) {
        const void *type = pointer(v->doubtful, self, GS_HEAD_TYPE);
        if (!name_at(v->doubtful, pointer(v->doubtful, type, GS_TYPE_NAME), text, size))
            *text = '\0';
        if (strcmp(text, "cell") != 0)
            return;
        self = pointer(v->doubtful, self, GS_CELL_VALUE);
    }
}

static void fill_call(const struct view *call, struct gs_glance *g)
{
    const struct gs_layout *p = gs_layout();
    g->call = NULL;
    if (!call->code ||
        !text_in(call, p->function, HEAD, g->call_function, sizeof g->call_function) ||
        !text_in(call, p->file, TAIL, g->call_file, sizeof g->call_file))
        return;
    type_in(call, g->call_type, sizeof g->call_type);
    g->call = call->code;
}

/* A function that has a name: what a comprehension is in, or who calls a lambda. */
static bool name_function(struct view v, const void *base, struct gs_glance *g)
{
    size_t place = gs_layout()->function;
    if (!text_in(&v, place, HEAD, g->function, sizeof g->function))
        return false;
    while (*g->function == '<' && v.previous && v.previous != base && look(&v, v.previous)) {
        char outer[GS_GLANCE_NAME];
        if (v.shim)
            continue;
        if (!text_in(&v, place, HEAD, outer, sizeof outer) || strcmp(outer, "<module>") == 0)
            break;
        memcpy(g->function, outer, sizeof outer);
    }
    return true;
}

static bool fill(const struct view *v, const struct view *call, const void *base,
                 struct gs_glance *g)
{
    int line = gs_cpython.line_of((gs_py *)(uintptr_t)v->code, v->offset);
    g->line = line > 0 ? (uint32_t)line : 0;
    fill_call(call, g);
    return line > 0 && name_function(*v, base, g);
}

/* The innermost frame of whose code it is at least. */
static bool find(struct view v, const void *frame, const void *base, enum gs_whose least,
                 struct gs_glance *g)
{
    struct view call = {.doubtful = v.doubtful};
    for (int i = 0; frame && frame != base && i < DEEPEST; i++, frame = v.previous) {
        if (!look(&v, frame))
            return false;
        if (v.shim)
            continue;
        if (!text_in(&v, gs_layout()->file, WHOLE, g->file, sizeof g->file))
            return false;
        enum gs_whose by = gs_spot_whose(g->file);
        if (by >= least)
            return fill(&v, &call, base, g);
        if (by != GS_WHOSE_MACHINERY)
            call = v;
    }
    return false;
}

static const void *innermost(bool doubtful, gs_py *thread)
{
    const struct gs_layout *p = gs_layout();
    if (!p || !thread)
        return NULL;
    if (!p->c_frame)
        return pointer(doubtful, thread, p->frame);
    return pointer(doubtful, pointer(doubtful, thread, p->c_frame), p->c_current);
}

bool gs_glance(gs_py *thread, const void *base, bool doubtful, struct gs_glance *glance)
{
    static const enum gs_whose wanted[] = {GS_WHOSE_OWN, GS_WHOSE_GENERATED, GS_WHOSE_LIBRARY};
    const void *frame = innermost(doubtful, thread);
    bool found = false;
    for (size_t i = 0; !found && i < sizeof wanted / sizeof wanted[0]; i++)
        found = find((struct view){.doubtful = doubtful}, frame, base, wanted[i], glance);
    return found;
}

const void *gs_glance_base(gs_py *thread)
{
    return innermost(false, thread);
}
