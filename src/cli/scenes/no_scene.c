#include "cli/scenes/no_scene.h"

#include "cli/scenes/scene_file.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool has_scenes_ending(const char *path)
{
    return gs_scene_file_ends_in(path, ".py") || gs_scene_file_ends_in(path, ".lua");
}

/* A program of any kind can be watched, if not as a scene. */
static void say_other(const char *path, struct gs_error *err)
{
    if (access(path, X_OK) == 0)
        gs_error_set(err,
                     "%s is no .py or .lua file, which a scene is; any program is watched by: "
                     "gilscope trace -- %s%s",
                     path, strchr(path, '/') ? "" : "./", path);
    else
        gs_error_set(err,
                     "%s is no .py or .lua file, which a scene is, and no recording either; "
                     "'gilscope list' shows the scenes that there are",
                     path);
}

bool gs_no_scene(const char *path, struct gs_error *err)
{
    struct stat there;
    if (stat(path, &there) != 0)
        return errno == EACCES && !gs_error_system(err, errno, "cannot read %s", path);
    if (S_ISDIR(there.st_mode))
        gs_error_set(err, "%s is a folder: name a .py or .lua file in it", path);
    else if (!S_ISREG(there.st_mode))
        gs_error_set(err, "%s is a pipe or a device, and a scene is a .py or .lua file", path);
    else if (access(path, R_OK) != 0)
        gs_error_system(err, errno, "cannot read %s", path);
    else if (has_scenes_ending(path))
        return false;
    else if (there.st_size == 0)
        gs_error_set(err,
                     "%s is empty: no scene, and if it was to be a recording, its recorder was "
                     "ended before it had written anything",
                     path);
    else
        say_other(path, err);
    return true;
}
