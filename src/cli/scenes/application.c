#include "cli/scenes/application.h"

#include "base/text.h"
#include "cli/scenes/scene_file.h"
#include "trace/control.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool has_main(const char *folder)
{
    char main[GS_PATH_MAX];
    snprintf(main, sizeof main, "%s/__main__.py", folder);
    return access(main, R_OK) == 0;
}

/* An archive's directory stands at its end: the files' names, then its mark, then a comment of
 * 65,535 bytes at most (PKWARE's APPNOTE.TXT, 4.3.16). What comes before is anybody's, the `#!`
 * line of zipapp say. */
static bool is_archive_with_main(const char *end, size_t length)
{
    static const char mark[] = "PK\5\6", name[] = "__main__.py";
    const char *directory = memmem(end, length, mark, sizeof mark - 1);
    return directory && memmem(end, (size_t)(directory - end), name, sizeof name - 1);
}

static bool ends_as_archive(const char *path)
{
    enum { END = 1 << 20 }; /* a directory of thousands of files */
    FILE *file = fopen(path, "rbe");
    char *end = malloc(END);
    if (!end)
        abort();
    size_t length = 0;
    if (file && (fseek(file, -(long)END, SEEK_END) == 0 || fseek(file, 0, SEEK_SET) == 0))
        length = fread(end, 1, END, file);
    if (file)
        fclose(file);
    bool is = is_archive_with_main(end, length);
    free(end);
    return is;
}

bool gs_application_is_one(const char *path)
{
    struct stat there;
    if (stat(path, &there) != 0)
        return false;
    if (S_ISDIR(there.st_mode))
        return has_main(path);
    return S_ISREG(there.st_mode) && !gs_scene_file_ends_in(path, ".py") &&
           !gs_scene_file_ends_in(path, ".lua") && ends_as_archive(path);
}

struct gs_scene_meta gs_application_meta(const char *path)
{
    struct gs_scene_meta meta = {.guest = GS_GUEST_PYTHON_APPLICATION};
    gs_text_copy(meta.name, sizeof meta.name, path);
    gs_text_copy(meta.path, sizeof meta.path, path);
    return meta;
}
