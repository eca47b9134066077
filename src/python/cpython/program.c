#include "python/cpython/program.h"

#include "base/image.h"
#include "base/which.h"

#include <elf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The loader finds by their names what a program gives and what it needs; this one of CPython's is
 * among them whether the interpreter is a library or in the program itself. */
static const char sign[] = "Py_BytesMain";

/* The object is one of this machine's, and the calling program too. */
static bool same_machine(const ElfW(Ehdr) * head)
{
    struct gs_image own;
    struct stat st;
    ElfW(Ehdr) ours;
    if (!gs_image_open(&own, "/proc/self/exe", &st))
        return false;
    bool same = gs_image_head(&own, &ours) &&
                memcmp(ours.e_ident, head->e_ident, EI_DATA + 1) == 0 &&
                ours.e_machine == head->e_machine;
    gs_image_close(&own);
    return same;
}

static bool is_python_object(const struct gs_image *file)
{
    ElfW(Ehdr) head;
    struct gs_image names = gs_image_names(file);
    return gs_image_head(file, &head) && same_machine(&head) &&
           gs_image_contains(&names, sign, sizeof sign);
}

bool gs_program_find(const char *word, char *path, size_t size)
{
    return gs_which(word, "/bin:/usr/bin", path, size);
}

static bool is_python(const char *path, int depth);

/* "#!/usr/bin/python3 -u", "#!/usr/bin/env python3". */
static bool is_script_for_python(const struct gs_image *file, int depth)
{
    char line[256], path[4096], *rest = line + 2;
    snprintf(line, sizeof line, "%.*s", (int)(file->size < 255 ? file->size : 255), file->bytes);
    line[strcspn(line, "\n")] = '\0';
    const char *program = strtok_r(rest, " \t", &rest), *word = strtok_r(rest, " \t", &rest);
    const char *base = program ? strrchr(program, '/') : NULL;
    bool asks = base && strcmp(base, "/env") == 0;
    while (asks && word && (*word == '-' || strchr(word, '=')))
        word = strtok_r(rest, " \t", &rest);
    if (asks)
        return word && gs_program_find(word, path, sizeof path) && is_python(path, depth + 1);
    return program && is_python(program, depth + 1);
}

/* The loader leaves our object out of a program that has other rights than who starts it. */
static bool has_other_rights(const struct stat *st)
{
    return ((st->st_mode & S_ISUID) && st->st_uid != geteuid()) ||
           ((st->st_mode & S_ISGID) && st->st_gid != getegid());
}

static bool look(const struct gs_image *file, int depth)
{
    return gs_image_begins(file, "#!", 2) ? is_script_for_python(file, depth)
                                          : is_python_object(file);
}

static bool is_python(const char *path, int depth)
{
    enum { DEEPEST = 4 };
    struct gs_image file;
    struct stat st;
    if (depth >= DEEPEST || !gs_image_open(&file, path, &st))
        return false;
    bool found = !has_other_rights(&st) && look(&file, depth);
    gs_image_close(&file);
    return found;
}

bool gs_program_is_python(const char *path)
{
    return access(path, X_OK) == 0 && is_python(path, 0);
}
