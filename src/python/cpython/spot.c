#include "python/cpython/spot.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum { DEEPEST = 200, /* frames looked at */ LONGEST_PATH = 4096 };

/* What is run may be a file of the library's (-m http.server): once it is known it is the user's
 * own. */
static char program[LONGEST_PATH];
static _Atomic bool program_known;

bool gs_spot_program_known(void)
{
    return atomic_load_explicit(&program_known, memory_order_relaxed);
}

/* "…/lib/python3.12/…", of this process's version. */
static bool is_in_version(const char *file, const char *folder)
{
    const char *at = file;
    while ((at = strstr(at, folder))) {
        int minor = 0;
        for (at += strlen(folder); *at >= '0' && *at <= '9' && minor < 1000; at++)
            minor = minor * 10 + *at - '0';
        if (minor == gs_cpython.minor && *at == '/')
            return true;
    }
    return false;
}

static bool is_library(const char *file)
{
    return is_in_version(file, "/lib/python3.") || is_in_version(file, "/lib64/python3.") ||
           strstr(file, "/site-packages/") || strstr(file, "/dist-packages/");
}

static bool ends_in(const char *text, const char *end)
{
    size_t length = strlen(text), n = strlen(end);
    return length >= n && strcmp(text + length - n, end) == 0;
}

enum gs_whose gs_spot_whose(const char *file)
{
    static const char *const machinery[] = {"<frozen importlib", "<frozen runpy",
                                            "<frozen zipimport", "<gilscope>"};
    for (size_t i = 0; i < sizeof machinery / sizeof machinery[0]; i++) {
        if (strncmp(file, machinery[i], strlen(machinery[i])) == 0)
            return GS_WHOSE_MACHINERY;
    }
    if (*file == '<')
        return strncmp(file, "<frozen ", 8) == 0 ? GS_WHOSE_FROZEN : GS_WHOSE_GENERATED;
    if (!is_library(file) || (atomic_load(&program_known) && strcmp(file, program) == 0))
        return GS_WHOSE_OWN;
    return ends_in(file, "/runpy.py") ? GS_WHOSE_MACHINERY : GS_WHOSE_LIBRARY;
}

/* What a call goes through is some ten files, which must not drive each other out. */
enum { SETS = 16, WAYS = 4 };

struct known {
    struct gs_text_object file;
    bool program_known;
    enum gs_whose whose;
};

enum gs_whose gs_frame_whose(const struct gs_frame *frame)
{
    static _Thread_local struct known known[SETS][WAYS];
    char path[LONGEST_PATH];
    struct gs_text_object file = gs_frame_file_object(frame);
    struct known *set = known[((uintptr_t)file.address * 0x9e3779b97f4a7c15u) >> 32 & (SETS - 1)];
    bool now = gs_spot_program_known();
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].program_known == now && gs_text_object_same(&set[i].file, &file))
            return set[i].whose;
    }
    gs_frame_file(frame, path, sizeof path);
    memmove(set + 1, set, (WAYS - 1) * sizeof *set);
    set[0] = (struct known){.file = file, .program_known = now, .whose = gs_spot_whose(path)};
    return set[0].whose;
}

bool gs_frame_is_own(const struct gs_frame *frame)
{
    return gs_frame_whose(frame) >= GS_WHOSE_GENERATED;
}

bool gs_frame_is_machinery(const struct gs_frame *frame)
{
    return gs_frame_whose(frame) == GS_WHOSE_MACHINERY;
}

/* From the innermost frame outwards. outermost gets the last of all, if no frame is the user's, or
 * what -m runs, which is called by a function of the library's. */
static void search(struct gs_frame frame, struct gs_spot *spot, struct gs_frame *outermost)
{
    struct gs_spot generated = {0}, library = {0};
    struct gs_frame called = {0};
    bool any = true;
    for (int i = 0; any && i < DEEPEST; i++, any = gs_frames_next(&frame)) {
        enum gs_whose by = gs_frame_whose(&frame);
        if (by == GS_WHOSE_MACHINERY && gs_frame_is_in(&frame, "_run_code"))
            break;
        *outermost = frame;
        if (by == GS_WHOSE_OWN) {
            *spot = (struct gs_spot){frame, called};
            return;
        }
        if (by == GS_WHOSE_GENERATED && !generated.line.code)
            generated = (struct gs_spot){frame, called};
        if (by == GS_WHOSE_LIBRARY && !library.line.code)
            library.line = frame;
        if (by == GS_WHOSE_LIBRARY || by == GS_WHOSE_FROZEN)
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
    if (gs_frame_whose(&outermost) == GS_WHOSE_LIBRARY && gs_frame_is_in(&outermost, "<module>")) {
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

/* Of a class that nobody calls by its name, what a block or a for calls of itself. */
static bool is_private(const char *type, const char *function)
{
    return *type == '_' && strncmp(function, "__", 2) == 0;
}

void gs_spot_call_name(const char *function, const char *file, const char *type, char *text,
                       size_t size)
{
    const char *dot = strrchr(type, '.');
    char of[64];
    *text = '\0';
    if (*function == '<' || is_private(dot ? dot + 1 : type, function))
        return;
    bool one = strcmp(function, "_wait_for_one") == 0; /* of as_completed's, Lib/asyncio/tasks.py */
    if (one)
        snprintf(of, sizeof of, "asyncio");
    else if (*type)
        snprintf(of, sizeof of, "%s", dot ? dot + 1 : type);
    else
        module_of(file, of, sizeof of);
    snprintf(text, size, "%s.%s", of, one ? "as_completed" : function);
}

/* Whose method it is, by the type of its object: what the user made is a PriorityQueue, though
 * its get is a Queue's. "": it is a function. */
static const char *class_of(const struct gs_frame *frame)
{
    char parameter[16];
    gs_frame_parameter(frame, parameter, sizeof parameter);
    gs_py *self = strcmp(parameter, "self") == 0 ? gs_frame_self(frame) : NULL;
    return self ? gs_type_name(gs_object_type(self)) : "";
}

void gs_spot_call(const struct gs_frame *call, char *text, size_t size)
{
    char function[64], file[LONGEST_PATH];
    *text = '\0';
    if (!call->code)
        return;
    gs_frame_function(call, function, sizeof function);
    gs_frame_file(call, file, sizeof file);
    gs_spot_call_name(function, file, class_of(call), text, size);
}
