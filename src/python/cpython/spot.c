#include "python/cpython/spot.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum { DEEPEST = 200, /* frames looked at */ LONGEST_PATH = 4096 };

enum whose {
    MACHINERY, /* what imports and starts programs, and our own half: never told */
    FROZEN,    /* the library, without a file to show */
    LIBRARY,
    GENERATED, /* made at run time: <string> */
    OWN
};

/* What is run may be a file of the library's (-m http.server): once it is known it is the user's
 * own. */
static char program[LONGEST_PATH];
static _Atomic bool program_known;

static bool is_library(const char *file)
{
    char lib[32], lib64[32];
    snprintf(lib, sizeof lib, "/lib/python3.%d/", gs_cpython.minor);
    snprintf(lib64, sizeof lib64, "/lib64/python3.%d/", gs_cpython.minor);
    return strstr(file, lib) || strstr(file, lib64) || strstr(file, "/site-packages/") ||
           strstr(file, "/dist-packages/");
}

static bool ends_in(const char *text, const char *end)
{
    size_t length = strlen(text), n = strlen(end);
    return length >= n && strcmp(text + length - n, end) == 0;
}

static enum whose judge(const char *file)
{
    static const char *const machinery[] = {"<frozen importlib", "<frozen runpy",
                                            "<frozen zipimport", "<gilscope>"};
    for (size_t i = 0; i < sizeof machinery / sizeof machinery[0]; i++) {
        if (strncmp(file, machinery[i], strlen(machinery[i])) == 0)
            return MACHINERY;
    }
    if (*file == '<')
        return strncmp(file, "<frozen ", 8) == 0 ? FROZEN : GENERATED;
    if (!is_library(file) || (atomic_load(&program_known) && strcmp(file, program) == 0))
        return OWN;
    return ends_in(file, "/runpy.py") ? MACHINERY : LIBRARY;
}

/* What a call goes through is some ten files, which must not drive each other out. */
enum { SETS = 16, WAYS = 4 };

struct known {
    struct gs_text_object file;
    bool program_known;
    enum whose whose;
};

static enum whose whose(const struct gs_frame *frame)
{
    static _Thread_local struct known known[SETS][WAYS];
    char path[LONGEST_PATH];
    struct gs_text_object file = gs_frame_file_object(frame);
    struct known *set = known[((uintptr_t)file.address * 0x9e3779b97f4a7c15u) >> 32 & (SETS - 1)];
    bool now = atomic_load_explicit(&program_known, memory_order_relaxed);
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].program_known == now && gs_text_object_same(&set[i].file, &file))
            return set[i].whose;
    }
    gs_frame_file(frame, path, sizeof path);
    memmove(set + 1, set, (WAYS - 1) * sizeof *set);
    set[0] = (struct known){.file = file, .program_known = now, .whose = judge(path)};
    return set[0].whose;
}

bool gs_frame_is_own(const struct gs_frame *frame)
{
    return whose(frame) >= GENERATED;
}

bool gs_frame_is_machinery(const struct gs_frame *frame)
{
    return whose(frame) == MACHINERY;
}

static bool is_function(const struct gs_frame *frame, const char *name)
{
    char function[32];
    gs_frame_function(frame, function, sizeof function);
    return strcmp(function, name) == 0;
}

/* From the innermost frame outwards. outermost gets the last of all, if no frame is the user's, or
 * what -m runs, which is called by a function of the library's. */
static void search(struct gs_frame frame, struct gs_spot *spot, struct gs_frame *outermost)
{
    struct gs_spot generated = {0}, library = {0};
    struct gs_frame called = {0};
    bool any = true;
    for (int i = 0; any && i < DEEPEST; i++, any = gs_frames_next(&frame)) {
        enum whose by = whose(&frame);
        if (by == MACHINERY && is_function(&frame, "_run_code"))
            break;
        *outermost = frame;
        if (by == OWN) {
            *spot = (struct gs_spot){frame, called};
            return;
        }
        if (by == GENERATED && !generated.line.code)
            generated = (struct gs_spot){frame, called};
        if (by == LIBRARY && !library.line.code)
            library.line = frame;
        if (by == LIBRARY || by == FROZEN)
            called = frame;
    }
    *spot = generated.line.code ? generated : library;
}

bool gs_spot_find(gs_py *thread, struct gs_spot *spot)
{
    struct gs_frame innermost, outermost = {0};
    *spot = (struct gs_spot){0};
    if (!gs_frames_first(thread, &innermost))
        return false;
    search(innermost, spot, &outermost);
    if (!spot->line.code || atomic_load(&program_known))
        return true;
    if (whose(&outermost) == LIBRARY && is_function(&outermost, "<module>")) {
        gs_frame_file(&outermost, program, sizeof program);
        atomic_store(&program_known, true);
        search(innermost, spot, &outermost);
    }
    return true;
}

/* --- the call's name */

/* "asyncio" of …/lib/python3.12/asyncio/runners.py, "queue" of …/lib/python3.12/queue.py, "os" of
 * <frozen os>. */
static void module_of(const char *file, char *name, size_t size)
{
    const char *slash = strrchr(file, '/'), *folder = slash;
    if (*file == '<') {
        snprintf(name, size, "%.*s", (int)strcspn(file + 8, ">"), file + 8);
        return;
    }
    while (folder && folder > file && folder[-1] != '/')
        folder--;
    bool package = folder && strncmp(folder, "python3", 7) != 0 &&
                   strncmp(folder, "site-packages/", 14) != 0 &&
                   strncmp(folder, "dist-packages/", 14) != 0;
    const char *from = package ? folder : slash ? slash + 1 : file;
    snprintf(name, size, "%.*s", (int)strcspn(from, package ? "/" : "."), from);
}

/* Whose method it is, by the type of its object: what the user made is a PriorityQueue, though
 * its get is a Queue's. */
static bool class_of(const struct gs_frame *frame, char *name, size_t size)
{
    char parameter[16];
    gs_frame_parameter(frame, parameter, sizeof parameter);
    gs_py *self = strcmp(parameter, "self") == 0 ? gs_frame_self(frame) : NULL;
    if (!self)
        return false;
    const char *type = gs_type_name(gs_object_type(self)), *dot = strrchr(type, '.');
    snprintf(name, size, "%s", dot ? dot + 1 : type);
    return true;
}

void gs_spot_call(const struct gs_frame *call, char *text, size_t size)
{
    char function[64], of[64], file[LONGEST_PATH];
    *text = '\0';
    if (!call->code)
        return;
    gs_frame_function(call, function, sizeof function);
    if (*function == '<')
        return;
    if (!class_of(call, of, sizeof of)) {
        gs_frame_file(call, file, sizeof file);
        module_of(file, of, sizeof of);
    }
    snprintf(text, size, "%s.%s", of, function);
}
