#include "python/cpython/frames.h"

#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 200 }; /* frames looked at */

/* Where the fields are, by version; offsetof in CPython's own headers. They are part of the ABI
 * that a version keeps from its first release on. */
struct places {
    size_t frame;     /* in a thread state: its innermost frame, */
    size_t c_frame;   /* … or what has that at … */
    size_t c_current; /* … this place */
    size_t previous, code, instruction, owner, locals;
    size_t file, function, bytes; /* in a code object */
    size_t ascii, unicode;        /* text behind the head of a string object */
    bool counted;                 /* instruction is a number, not an address */
    int scale;                    /* … of units of so many bytes */
};

static const struct places versions[] = {
    [9] = {.frame = 24,
           .previous = 24,
           .code = 32,
           .instruction = 104,
           .locals = 360,
           .file = 104,
           .function = 112,
           .ascii = 48,
           .unicode = 72,
           .counted = true,
           .scale = 1},
    [10] = {.frame = 24,
            .previous = 24,
            .code = 32,
            .instruction = 96,
            .locals = 352,
            .file = 104,
            .function = 112,
            .ascii = 48,
            .unicode = 72,
            .counted = true,
            .scale = 2},
    [11] = {.c_frame = 56,
            .c_current = 8,
            .previous = 48,
            .code = 32,
            .instruction = 56,
            .owner = 69,
            .locals = 72,
            .file = 112,
            .function = 120,
            .bytes = 184,
            .ascii = 48,
            .unicode = 72},
    [12] = {.c_frame = 56,
            .c_current = 0,
            .previous = 8,
            .code = 0,
            .instruction = 56,
            .owner = 70,
            .locals = 72,
            .file = 112,
            .function = 120,
            .bytes = 192,
            .ascii = 40,
            .unicode = 56},
    [13] = {.frame = 72,
            .previous = 8,
            .code = 0,
            .instruction = 56,
            .owner = 70,
            .locals = 72,
            .file = 112,
            .function = 120,
            .bytes = 200,
            .ascii = 40,
            .unicode = 56},
};

static const struct places *places(void)
{
    size_t known = sizeof versions / sizeof versions[0];
    return (size_t)gs_cpython.minor < known ? &versions[gs_cpython.minor] : NULL;
}

static void *pointer_at(const void *object, size_t place)
{
    void *value;
    memcpy(&value, (const char *)object + place, sizeof value);
    return value;
}

/* The frame of C's own that stands between two evaluations runs no code (3.12 and later). */
static bool is_shim(const struct places *p, const void *frame)
{
    enum { OWNED_BY_C_STACK = 3 };
    return p->owner && ((const char *)frame)[p->owner] >= OWNED_BY_C_STACK;
}

static bool look(struct gs_frame *frame)
{
    const struct places *p = places();
    while (frame->python && is_shim(p, frame->python))
        frame->python = pointer_at(frame->python, p->previous);
    if (!frame->python)
        return false;
    frame->code = pointer_at(frame->python, p->code);
    if (p->counted) {
        int at;
        memcpy(&at, (const char *)frame->python + p->instruction, sizeof at);
        frame->offset = at * p->scale;
    } else {
        const char *at = pointer_at(frame->python, p->instruction);
        frame->offset = (int)(at - ((const char *)frame->code + p->bytes));
    }
    return frame->code != NULL;
}

bool gs_frames_first(gs_py *thread, struct gs_frame *frame)
{
    const struct places *p = places();
    if (!thread || !p)
        return false;
    if (p->c_frame) {
        void *c_frame = pointer_at(thread, p->c_frame);
        frame->python = c_frame ? pointer_at(c_frame, p->c_current) : NULL;
    } else {
        frame->python = pointer_at(thread, p->frame);
    }
    return look(frame);
}

bool gs_frames_next(struct gs_frame *frame)
{
    frame->python = pointer_at(frame->python, places()->previous);
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
    const struct places *p = places();
    size_t length, used = 0;
    uint32_t state;
    memcpy(&length, (const char *)string + LENGTH, sizeof length);
    memcpy(&state, (const char *)string + STATE, sizeof state);
    const char *from = (const char *)string + (state & ASCII ? p->ascii : p->unicode);
    for (size_t i = 0; i < length && used + 5 < size; i++)
        used += encode(text + used, character(from, state >> KIND_SHIFT & 7, i));
    text[used] = '\0';
}

void gs_frame_file(const struct gs_frame *frame, char *text, size_t size)
{
    copy_text(pointer_at(frame->code, places()->file), text, size);
}

void gs_frame_function(const struct gs_frame *frame, char *text, size_t size)
{
    copy_text(pointer_at(frame->code, places()->function), text, size);
}

gs_py *gs_frame_self(const struct gs_frame *frame)
{
    return pointer_at(frame->python, places()->locals);
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

/* --- whose code */

static bool is_own(const char *file)
{
    char library[32];
    snprintf(library, sizeof library, "/python3.%d/", gs_cpython.minor);
    return file[0] != '<' ? !strstr(file, library) && !strstr(file, "/site-packages/") &&
                                !strstr(file, "/dist-packages/")
                          : strncmp(file, "<frozen ", 8) != 0 && strcmp(file, "<gilscope>") != 0;
}

static char shown[PATH_MAX];
static _Atomic bool shows; /* … something */

void gs_frames_show(const char *file)
{
    if (!file || atomic_load(&shows))
        return;
    if (!realpath(file, shown))
        snprintf(shown, sizeof shown, "%s", file);
    atomic_store(&shows, true);
}

const char *gs_frames_shown(void)
{
    return atomic_load(&shows) ? shown : "";
}

enum whose { LIBRARY, OWN, SHOWN };

/* A file's name is one object for all its code. What is remembered of it is good as long as the
 * object looks the same: another one may lie there later. */
struct known_file {
    const void *string;
    size_t length;
    char tail[16];
    enum whose whose;
};

/* Python names the program's file from the root on, however it was started. */
static bool is_shown(const char *file)
{
    char path[PATH_MAX];
    const char *found = realpath(file, path);
    return strcmp(found ? found : file, shown) == 0;
}

static enum whose judge(const void *string)
{
    char file[4096];
    copy_text(string, file, sizeof file);
    if (!is_own(file))
        return LIBRARY;
    int code = errno;
    gs_frames_show(file);
    enum whose found = is_shown(file) ? SHOWN : OWN;
    errno = code;
    return found;
}

static enum whose whose(const struct gs_frame *frame)
{
    enum { KNOWN = 64, LENGTH = 16 };
    static _Thread_local struct known_file known[KNOWN];
    struct known_file now = {.string = pointer_at(frame->code, places()->file)};
    struct known_file *old = &known[((uintptr_t)now.string >> 4) % KNOWN];
    memcpy(&now.length, (const char *)now.string + LENGTH, sizeof now.length);
    if (now.length >= sizeof now.tail)
        memcpy(now.tail, (const char *)now.string + places()->ascii + now.length - sizeof now.tail,
               sizeof now.tail);
    if (old->string == now.string && old->length == now.length &&
        memcmp(old->tail, now.tail, sizeof now.tail) == 0)
        return old->whose;
    now.whose = judge(now.string);
    *old = now;
    return now.whose;
}

bool gs_frame_is_own(const struct gs_frame *frame)
{
    return whose(frame) != LIBRARY;
}

/* CPython looks a line up from the function's beginning. */
uint32_t gs_frame_line(const struct gs_frame *frame)
{
    static _Thread_local struct {
        struct gs_frame frame;
        uint32_t line;
    } last;
    if (last.frame.code == frame->code && last.frame.offset == frame->offset &&
        last.frame.python == frame->python)
        return last.line;
    int found = gs_cpython.line_of(frame->code, frame->offset);
    last.frame = *frame;
    return last.line = found > 0 ? (uint32_t)found : 0;
}

bool gs_frames_line(gs_py *thread, uint32_t *line)
{
    struct gs_frame frame;
    *line = 0;
    if (!gs_frames_first(thread, &frame))
        return false;
    for (int i = 0; i < DEEPEST; i++) {
        if (whose(&frame) == SHOWN) {
            *line = gs_frame_line(&frame);
            return true;
        }
        if (!gs_frames_next(&frame))
            break;
    }
    return true;
}
