#include "python/cpython/frames.h"

#include "python/cpython/layout.h"

#include <limits.h>
#include <string.h>

static bool is_shim(const struct gs_layout *p, const void *frame)
{
    return p->owner && ((const char *)frame)[p->owner] >= GS_FRAME_OF_C;
}

static gs_py *behind_shims(const struct gs_layout *p, gs_py *python)
{
    while (python && is_shim(p, python))
        python = gs_pointer_at(python, p->previous);
    return python;
}

static bool look(struct gs_frame *frame)
{
    const struct gs_layout *p = gs_layout();
    frame->python = behind_shims(p, frame->python);
    if (!frame->python)
        return false;
    frame->code = gs_pointer_at(frame->python, p->code);
    if (p->scale) {
        int at;
        memcpy(&at, (const char *)frame->python + p->instruction, sizeof at);
        frame->offset = at * p->scale;
    } else {
        const char *at = gs_pointer_at(frame->python, p->instruction);
        frame->offset = (int)(at - ((const char *)frame->code + p->bytes));
    }
    return frame->code != NULL;
}

static gs_py *innermost(const struct gs_layout *p, gs_py *thread)
{
    if (!p->c_frame)
        return gs_pointer_at(thread, p->frame);
    void *c_frame = gs_pointer_at(thread, p->c_frame);
    return c_frame ? gs_pointer_at(c_frame, p->c_current) : NULL;
}

bool gs_frames_first(gs_py *thread, struct gs_frame *frame)
{
    const struct gs_layout *p = gs_layout();
    if (!thread || !p)
        return false;
    frame->python = innermost(p, thread);
    return look(frame);
}

bool gs_frames_any(gs_py *thread)
{
    const struct gs_layout *p = gs_layout();
    return thread && p && behind_shims(p, innermost(p, thread));
}

bool gs_frames_at(gs_py *python, struct gs_frame *frame)
{
    frame->python = python;
    return gs_layout() && look(frame);
}

bool gs_frames_next(struct gs_frame *frame)
{
    frame->python = gs_pointer_at(frame->python, gs_layout()->previous);
    return look(frame);
}

/* --- text */

/* A compact string object: head, then characters of one width. */
static void copy_text(const void *string, char *text, size_t size)
{
    size_t length;
    uint32_t state;
    memcpy(&length, (const char *)string + GS_HEAD_LENGTH, sizeof length);
    memcpy(&state, (const char *)string + GS_TEXT_STATE, sizeof state);
    gs_layout_text(state, (const char *)string + gs_layout_characters(gs_layout(), state), length,
                   text, size);
}

struct gs_text_object gs_frame_file_object(const struct gs_frame *frame)
{
    struct gs_text_object file = {.address = gs_pointer_at(frame->code, gs_layout()->file)};
    memcpy(&file.length, (const char *)file.address + GS_HEAD_LENGTH, sizeof file.length);
    if (file.length >= sizeof file.tail)
        memcpy(file.tail,
               (const char *)file.address + gs_layout()->ascii + file.length - sizeof file.tail,
               sizeof file.tail);
    return file;
}

void gs_frame_file(const struct gs_frame *frame, char *text, size_t size)
{
    copy_text(gs_pointer_at(frame->code, gs_layout()->file), text, size);
}

void gs_frame_function(const struct gs_frame *frame, char *text, size_t size)
{
    copy_text(gs_pointer_at(frame->code, gs_layout()->function), text, size);
}

bool gs_frame_is_in(const struct gs_frame *frame, const char *function)
{
    const char *name = gs_pointer_at(frame->code, gs_layout()->function);
    size_t length;
    uint32_t state;
    memcpy(&length, name + GS_HEAD_LENGTH, sizeof length);
    memcpy(&state, name + GS_TEXT_STATE, sizeof state);
    return gs_layout_width(state) == 1 && length == strlen(function) &&
           memcmp(name + gs_layout_characters(gs_layout(), state), function, length) == 0;
}

/* A parameter that an inner function uses as well stands in a cell. */
gs_py *gs_frame_argument(const struct gs_frame *frame, size_t i)
{
    const void *variables = gs_pointer_at(frame->code, gs_layout()->variables);
    if (i >= (uintptr_t)gs_pointer_at(variables, GS_HEAD_LENGTH))
        return NULL;
    gs_py *value = gs_pointer_at(frame->python, gs_layout()->locals + i * sizeof value);
    return value && gs_object_type(value) == gs_cpython.cell_type
               ? gs_pointer_at(value, GS_CELL_VALUE)
               : value;
}

gs_py *gs_frame_self(const struct gs_frame *frame)
{
    return gs_frame_argument(frame, 0);
}

void gs_frame_parameter(const struct gs_frame *frame, char *text, size_t size)
{
    const void *variables = gs_pointer_at(frame->code, gs_layout()->variables);
    *text = '\0';
    if (gs_pointer_at(variables, GS_HEAD_LENGTH))
        copy_text(gs_pointer_at(variables, GS_TUPLE_FIRST), text, size);
}

gs_py *gs_object_type(gs_py *object)
{
    return gs_pointer_at(object, GS_HEAD_TYPE);
}

const char *gs_type_name(gs_py *type)
{
    return gs_pointer_at(type, GS_TYPE_NAME);
}

gs_py *gs_type_base(gs_py *type)
{
    return gs_pointer_at(type, GS_TYPE_BASE);
}

/* CPython looks a line up from the function's beginning. A module's code goes once it has run, and
 * another one's may lie in the same place. */
uint32_t gs_frame_line(const struct gs_frame *frame)
{
    enum { KNOWN = 16 };
    static _Thread_local struct {
        const void *code;
        int offset;
        struct gs_text_object file;
        const void *function;
        uint32_t line;
    } known[KNOWN], *last;
    last = &known[((uintptr_t)frame->code / 16 + (unsigned)frame->offset / 2) % KNOWN];
    struct gs_text_object file = gs_frame_file_object(frame);
    const void *function = gs_pointer_at(frame->code, gs_layout()->function);
    if (last->code == frame->code && last->offset == frame->offset && last->function == function &&
        gs_text_object_same(&last->file, &file))
        return last->line;
    int found = gs_cpython.line_of(frame->code, frame->offset);
    last->code = frame->code;
    last->offset = frame->offset;
    last->file = file;
    last->function = function;
    return last->line = found > 0 ? (uint32_t)found : 0;
}

struct gs_columns gs_frame_columns(const struct gs_frame *frame)
{
    int line, from, last_line, to;
    if (!gs_cpython.location_of ||
        !gs_cpython.location_of(frame->code, frame->offset, &line, &from, &last_line, &to) ||
        from < 0 || to < 0)
        return (struct gs_columns){0};
    return (struct gs_columns){from, last_line == line ? to : INT_MAX};
}
