#include "python/cpython/frames.h"

#include <stdio.h>
#include <string.h>

/* Where the fields are, by version; offsetof in CPython's own headers. They are part of the ABI
 * that a version keeps from its first release on. */
struct layout {
    size_t frame;     /* in a thread state: its innermost frame, */
    size_t c_frame;   /* … or what has that at … */
    size_t c_current; /* … this place */
    size_t previous, code, instruction, owner, locals;
    size_t variables, file, function, bytes; /* in a code object */
    size_t ascii, unicode;                   /* text behind the head of a string object */
    int scale; /* instruction is a number of units of so many bytes; 0: an address */
};

static const struct layout layouts[] = {
#define GS_LAYOUT(minor, frame_, c_frame_, c_current_, previous_, code_, instruction_, owner_,     \
                  locals_, variables_, file_, function_, bytes_, ascii_, unicode_, scale_)         \
    [minor] = {.frame = (frame_),                                                                  \
               .c_frame = (c_frame_),                                                              \
               .c_current = (c_current_),                                                          \
               .previous = (previous_),                                                            \
               .code = (code_),                                                                    \
               .instruction = (instruction_),                                                      \
               .owner = (owner_),                                                                  \
               .locals = (locals_),                                                                \
               .variables = (variables_),                                                          \
               .file = (file_),                                                                    \
               .function = (function_),                                                            \
               .bytes = (bytes_),                                                                  \
               .ascii = (ascii_),                                                                  \
               .unicode = (unicode_),                                                              \
               .scale = (scale_)},
#include "python/cpython/layouts.def"
#undef GS_LAYOUT
};

static const struct layout *layout(void)
{
    size_t known = sizeof layouts / sizeof layouts[0];
    return (size_t)gs_cpython.minor < known ? &layouts[gs_cpython.minor] : NULL;
}

static void *pointer_at(const void *object, size_t place)
{
    void *value;
    memcpy(&value, (const char *)object + place, sizeof value);
    return value;
}

/* The frame of C's own that stands between two evaluations runs no code (3.12 and later). */
static bool is_shim(const struct layout *p, const void *frame)
{
    enum { OWNED_BY_C_STACK = 3 };
    return p->owner && ((const char *)frame)[p->owner] >= OWNED_BY_C_STACK;
}

static gs_py *behind_shims(const struct layout *p, gs_py *python)
{
    while (python && is_shim(p, python))
        python = pointer_at(python, p->previous);
    return python;
}

static bool look(struct gs_frame *frame)
{
    const struct layout *p = layout();
    frame->python = behind_shims(p, frame->python);
    if (!frame->python)
        return false;
    frame->code = pointer_at(frame->python, p->code);
    if (p->scale) {
        int at;
        memcpy(&at, (const char *)frame->python + p->instruction, sizeof at);
        frame->offset = at * p->scale;
    } else {
        const char *at = pointer_at(frame->python, p->instruction);
        frame->offset = (int)(at - ((const char *)frame->code + p->bytes));
    }
    return frame->code != NULL;
}

static gs_py *innermost(const struct layout *p, gs_py *thread)
{
    if (!p->c_frame)
        return pointer_at(thread, p->frame);
    void *c_frame = pointer_at(thread, p->c_frame);
    return c_frame ? pointer_at(c_frame, p->c_current) : NULL;
}

bool gs_frames_first(gs_py *thread, struct gs_frame *frame)
{
    const struct layout *p = layout();
    if (!thread || !p)
        return false;
    frame->python = innermost(p, thread);
    return look(frame);
}

bool gs_frames_any(gs_py *thread)
{
    const struct layout *p = layout();
    return thread && p && behind_shims(p, innermost(p, thread));
}

bool gs_frames_at(gs_py *python, struct gs_frame *frame)
{
    frame->python = python;
    return layout() && look(frame);
}

bool gs_frames_next(struct gs_frame *frame)
{
    frame->python = pointer_at(frame->python, layout()->previous);
    return look(frame);
}

/* --- text */

static uint32_t character(const void *text, unsigned width, size_t i)
{
    return width == 1   ? ((const uint8_t *)text)[i]
           : width == 2 ? ((const uint16_t *)text)[i]
                        : ((const uint32_t *)text)[i];
}

static size_t encode(char to[4], uint32_t c)
{
    if (c < 0x80)
        return to[0] = (char)c, 1;
    if (c < 0x800)
        return to[0] = (char)(0xc0 | c >> 6), to[1] = (char)(0x80 | (c & 0x3f)), 2;
    if (c < 0x10000)
        return to[0] = (char)(0xe0 | c >> 12), to[1] = (char)(0x80 | (c >> 6 & 0x3f)),
               to[2] = (char)(0x80 | (c & 0x3f)), 3;
    return to[0] = (char)(0xf0 | c >> 18), to[1] = (char)(0x80 | (c >> 12 & 0x3f)),
           to[2] = (char)(0x80 | (c >> 6 & 0x3f)), to[3] = (char)(0x80 | (c & 0x3f)), 4;
}

/* A compact string object: head, then characters of one width. */
static void copy_text(const void *string, char *text, size_t size)
{
    enum { LENGTH = 16, STATE = 32, KIND_SHIFT = 2, ASCII = 1 << 6 };
    const struct layout *p = layout();
    size_t length, used = 0;
    uint32_t state;
    memcpy(&length, (const char *)string + LENGTH, sizeof length);
    memcpy(&state, (const char *)string + STATE, sizeof state);
    const char *from = (const char *)string + (state & ASCII ? p->ascii : p->unicode);
    for (size_t i = 0; i < length && used + 5 < size; i++)
        used += encode(text + used, character(from, state >> KIND_SHIFT & 7, i));
    text[used] = '\0';
}

struct gs_text_object gs_frame_file_object(const struct gs_frame *frame)
{
    enum { LENGTH = 16 };
    struct gs_text_object file = {.address = pointer_at(frame->code, layout()->file)};
    memcpy(&file.length, (const char *)file.address + LENGTH, sizeof file.length);
    if (file.length >= sizeof file.tail)
        memcpy(file.tail,
               (const char *)file.address + layout()->ascii + file.length - sizeof file.tail,
               sizeof file.tail);
    return file;
}

void gs_frame_file(const struct gs_frame *frame, char *text, size_t size)
{
    copy_text(pointer_at(frame->code, layout()->file), text, size);
}

void gs_frame_function(const struct gs_frame *frame, char *text, size_t size)
{
    copy_text(pointer_at(frame->code, layout()->function), text, size);
}

/* A parameter that an inner function uses as well stands in a cell. */
gs_py *gs_frame_self(const struct gs_frame *frame)
{
    enum { CELL_VALUE = 16, LENGTH = 16 };
    if (!pointer_at(pointer_at(frame->code, layout()->variables), LENGTH))
        return NULL;
    gs_py *self = pointer_at(frame->python, layout()->locals);
    return self && strcmp(gs_type_name(gs_object_type(self)), "cell") == 0
               ? pointer_at(self, CELL_VALUE)
               : self;
}

void gs_frame_parameter(const struct gs_frame *frame, char *text, size_t size)
{
    enum { LENGTH = 16, FIRST = 24 };
    const void *variables = pointer_at(frame->code, layout()->variables);
    *text = '\0';
    if (pointer_at(variables, LENGTH))
        copy_text(pointer_at(variables, FIRST), text, size);
}

gs_py *gs_object_type(gs_py *object)
{
    enum { TYPE = 8 };
    return pointer_at(object, TYPE);
}

const char *gs_type_name(gs_py *type)
{
    enum { NAME = 24 };
    return pointer_at(type, NAME);
}

gs_py *gs_type_base(gs_py *type)
{
    enum { BASE = 256 };
    return pointer_at(type, BASE);
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
    const void *function = pointer_at(frame->code, layout()->function);
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
