#include "lua/scene/load.h"

#include "lua/scene/opening.h"
#include "lua/scene/source.h"

#include <errno.h>
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>

enum { LARGEST = 4 << 20 };

struct text {
    char *bytes;
    size_t length;
};

static bool read_text(const char *path, struct text *text, struct gs_error *err)
{
    FILE *file = fopen(path, "rbe");
    if (!file)
        return gs_error_system(err, errno, "%s", path);
    text->bytes = malloc(LARGEST);
    text->length = text->bytes ? fread(text->bytes, 1, LARGEST, file) : 0;
    bool bad = ferror(file) || !text->bytes;
    bool too_large = text->length == LARGEST;
    fclose(file);
    if (bad)
        return gs_error_set(err, "%s: cannot be read", path);
    return !too_large || gs_error_set(err, "%s: a scene has less than %d MiB", path, LARGEST >> 20);
}

/* A scene may be a script that names its interpreter; the line counts all the same. */
static size_t where_lua_begins(const struct text *text)
{
    size_t at = gs_opening_mark(text->bytes, text->length);
    if (at == text->length || text->bytes[at] != '#')
        return at;
    while (at < text->length && text->bytes[at] != '\n')
        at++;
    return at;
}

static bool load_text(lua_State *L, const char *bytes, size_t length, const char *name,
                      struct gs_error *err)
{
    char chunk[256];
    snprintf(chunk, sizeof chunk, "@%s", name);
    int status = luaL_loadbufferx(L, bytes, length, chunk, "t");
    if (status == LUA_OK)
        return true;
    if (status == LUA_ERRMEM) /* Lua's own message names neither file nor error */
        gs_error_set(err, "%s: MemoryError: not enough memory", name);
    else
        gs_error_set(err, "%s", lua_tostring(L, -1));
    lua_pop(L, 1);
    return false;
}

bool gs_scene_load(lua_State *L, const char *path, const char *name, struct gs_error *err)
{
    struct text text = {0};
    bool done = read_text(path, &text, err);
    size_t skip = where_lua_begins(&text);
    done = done && load_text(L, text.bytes + skip, text.length - skip, name, err);
    if (done)
        gs_source_keep(text.bytes, text.length, name);
    else
        free(text.bytes);
    return done;
}
