/* A file that is a scene, of either guest, as what it says of itself. */
#ifndef GS_CLI_SCENES_SCENE_FILE_H
#define GS_CLI_SCENES_SCENE_FILE_H

#include "lua/scene/meta.h"

/* Reads the file's opening table or docstring, by its ending. False with err: it cannot be read. */
bool gs_scene_file_read(const char *path, struct gs_scene_meta *meta, struct gs_error *err);

/* Whether the word looks like a file's path; and whether it ends so. */
bool gs_scene_file_is_path(const char *word);
bool gs_scene_file_ends_in(const char *word, const char *ending);

/* "folder/file" without its ending. */
void gs_scene_file_name(char *name, size_t size, const char *path);

#endif
