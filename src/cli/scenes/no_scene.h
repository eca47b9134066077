/* A word that was meant for a scene and names something else: an empty file, a folder, a text.
 * Whoever typed it is told what that is, and what would be run. */
#ifndef GS_CLI_SCENES_NO_SCENE_H
#define GS_CLI_SCENES_NO_SCENE_H

#include "base/error.h"

/* True with err: something is there by this path, and no scene. False: nothing is, or a .py or .lua
 * file that can be read. Nothing is opened. */
bool gs_no_scene(const char *path, struct gs_error *err);

#endif
