#include "python/launch/program.h"

#include "base/image.h"

#include <elf.h>

static bool contains(const struct gs_image *image, const char *text, size_t size)
{
    return gs_image_contains(image, text, size - 1);
}

/* One that is a Python says so in what it prints when all is lost, if by nothing else. */
static bool is_closed(const struct gs_image *image)
{
    static const char own[] = "Py_GetVersion", library[] = "libpython",
                      last_words[] = "Fatal Python error: ";
    struct gs_image names = gs_image_names(image);
    return !contains(&names, own, sizeof own) && !contains(&names, library, sizeof library) &&
           contains(image, last_words, sizeof last_words);
}

static enum gs_program judge(const struct gs_image *image)
{
    ElfW(Ehdr) head;
    ElfW(Phdr) interpreter;
    if (gs_image_begins(image, "#!", 2))
        return GS_PROGRAM_SCRIPT;
    if (!gs_image_head(image, &head))
        return GS_PROGRAM_NONE;
    /* A dynamic program names the loader that brings in what it needs, and ours. */
    if (!gs_image_part(image, PT_INTERP, 0, &interpreter))
        return GS_PROGRAM_STATIC;
    return is_closed(image) ? GS_PROGRAM_CLOSED : GS_PROGRAM_DYNAMIC;
}

enum gs_program gs_program_look(const char *path)
{
    struct gs_image image;
    struct stat st;
    if (!gs_image_open(&image, path, &st))
        return GS_PROGRAM_NONE;
    enum gs_program what = judge(&image);
    gs_image_close(&image);
    return what;
}
