#include "support/inside_python.h"

#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

/* Places, as in layouts.def and frames.c; and one of our own in a code object. */
enum {
    TEXT_LENGTH = 16,
    TEXT_STATE = 32,
    TEXT = 40,
    TUPLE_LENGTH = 16,
    TUPLE_FIRST = 24,
    OBJECT_TYPE = 8,
    TYPE_NAME = 24,
    TYPE_BASE = 256,
    CODE_LINE = 64,
    CODE_VARIABLES = 96,
    CODE_FILE = 112,
    CODE_FUNCTION = 120,
    CODE_BYTES = 200,
    FRAME_CODE = 0,
    FRAME_PREVIOUS = 8,
    FRAME_INSTRUCTION = 56,
    FRAME_LOCALS = 72,
    THREAD_FRAME = 72
};

/* An interpreter keeps what it has: so no leak checker finds it lost. */
static char *make(size_t size)
{
    static GS_VEC(char *) all;
    char *memory = calloc(1, size);
    if (!memory)
        abort();
    gs_vec_push(&all, memory);
    return memory;
}

static void put(void *object, size_t place, const void *pointer)
{
    memcpy((char *)object + place, &pointer, sizeof pointer);
}

static gs_py *text(const char *characters)
{
    enum { ONE_BYTE = 1 << 2, ASCII = 1 << 6 };
    size_t length = strlen(characters);
    uint32_t state = ONE_BYTE | ASCII;
    char *string = make(TEXT + length + 1);
    memcpy(string + TEXT_LENGTH, &length, sizeof length);
    memcpy(string + TEXT_STATE, &state, sizeof state);
    memcpy(string + TEXT, characters, length);
    return string;
}

static gs_py *tuple_of(gs_py *first)
{
    size_t length = 1;
    char *tuple = make(TUPLE_FIRST + sizeof first);
    memcpy(tuple + TUPLE_LENGTH, &length, sizeof length);
    put(tuple, TUPLE_FIRST, first);
    return tuple;
}

static int line_of(gs_py *code, int offset)
{
    int line;
    memcpy(&line, (char *)code + CODE_LINE, sizeof line);
    return line + offset / 100;
}

void inside_python_open(void)
{
    gs_cpython = (struct gs_cpython){.minor = 13, .line_of = line_of};
}

gs_py *inside_type(const char *name, gs_py *base)
{
    static gs_py *type_of_types;
    char *type = make(TYPE_BASE + sizeof base);
    put(type, TYPE_NAME, name);
    put(type, TYPE_BASE, base);
    put(type, OBJECT_TYPE, type_of_types ? type_of_types : (type_of_types = type));
    return type;
}

gs_py *inside_object(gs_py *type)
{
    char *object = make(64);
    put(object, OBJECT_TYPE, type);
    return object;
}

void inside_code_becomes(gs_py *code, const char *file, const char *function, int line)
{
    put(code, CODE_FILE, text(file));
    put(code, CODE_FUNCTION, text(function));
    put(code, CODE_VARIABLES, tuple_of(text("self")));
    memcpy((char *)code + CODE_LINE, &line, sizeof line);
}

void inside_file_becomes(gs_py *code, const char *file)
{
    char *string = gs_pointer_at(code, CODE_FILE);
    memcpy(string + TEXT, file, strlen(file));
}

gs_py *inside_code(const char *file, const char *function, int line)
{
    gs_py *code = make(CODE_BYTES + 1024);
    inside_code_becomes(code, file, function, line);
    return code;
}

gs_py *inside_frame(gs_py *code, int offset, gs_py *self, gs_py *caller)
{
    static gs_py *plain;
    char *frame = make(FRAME_LOCALS + 64);
    if (!plain)
        plain = inside_object(inside_type("int", NULL));
    put(frame, FRAME_CODE, code);
    put(frame, FRAME_PREVIOUS, caller);
    put(frame, FRAME_INSTRUCTION, (char *)code + CODE_BYTES + offset);
    put(frame, FRAME_LOCALS, self ? self : plain);
    return frame;
}

gs_py *inside_thread(gs_py *frame)
{
    char *thread = make(THREAD_FRAME + sizeof frame);
    put(thread, THREAD_FRAME, frame);
    return thread;
}

struct gs_frame inside_look(gs_py *frame)
{
    struct gs_frame found;
    if (!gs_frames_first(inside_thread(frame), &found))
        abort();
    return found;
}
