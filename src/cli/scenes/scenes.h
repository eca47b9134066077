/* Which scenes there are: those of $GILSCOPE_SCENES (folders, divided by colons), and those that
 * came with the program, installed or in a build tree. */
#ifndef GS_CLI_SCENES_SCENES_H
#define GS_CLI_SCENES_SCENES_H

#include "base/vec.h"
#include "lua/scene/meta.h"

/* A file among the scenes that is none, by its folder and file, and why. */
struct gs_unreadable {
    char name[128], chapter[128]; /* the folder's name */
    struct gs_error err;
};

/* By chapter, in the order to be read. A name may stand for two files, one a guest: they stand side
 * by side, and the first is the one that runs. */
struct gs_scenes {
    GS_VEC(struct gs_scene_meta) list;
    GS_VEC(struct gs_unreadable) unreadable;
};

/* Reads every scene's opening table or docstring. Which of two guests runs, depends on what the
 * order asks for, and on whether there is a Python. */
void gs_scenes_read(struct gs_scenes *scenes, const struct gs_order *order);
void gs_scenes_free(struct gs_scenes *scenes);

/* Whether the file at this place of the list is another one of the name before it. */
bool gs_scenes_is_second(const struct gs_scenes *scenes, size_t i);

/* Whether the order asks for nothing that only the other guest has, and there is one of this. Never
 * waits for a script that stands in front of Python. */
bool gs_scenes_can_run(uint32_t guest, const struct gs_order *order);

/* The scene that the user means by a name of the list, by the part of one behind its chapter, by
 * either with the ending of its file, or by the path of a file, or of what application.h is about.
 * False with err: there is none, or it cannot be read. */
bool gs_scenes_find(const char *word, const struct gs_order *order, struct gs_scene_meta *meta,
                    struct gs_error *err);

/* Whether gs_scenes_find fails because what is called so cannot be read: then err tells why. */
bool gs_scenes_is_broken(const char *word, struct gs_error *err);

/* Makes it an order for this scene. */
void gs_scenes_order(const struct gs_scene_meta *meta, struct gs_order *order);

#endif
