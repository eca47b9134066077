/* What reading a scene's table is made of: meta.c gets the table, meta_fields.c what stands in
 * it. */
#ifndef GS_LUA_SCENE_META_PARTS_H
#define GS_LUA_SCENE_META_PARTS_H

#include "lua/scene/meta.h"
#include "lua/scene/opening.h"

#include <lua.h>

/* What is being read: the stack of L has the table on top. */
struct gs_meta_reading {
    lua_State *L;
    const char *path;
    const struct gs_opening *opening;
    struct gs_error *err;
};

/* False with err: a field is unknown or of the wrong type. */
bool gs_meta_fields(const struct gs_meta_reading *r, struct gs_scene_meta *meta);

#endif
