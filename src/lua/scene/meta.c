#include "lua/scene/meta_parts.h"

#include "lua/vm/newstate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <lauxlib.h>

/* More than any table of a few fields needs; an endless loop in it ends here. */
#define INSTRUCTIONS 100000
#define MEMORY       (4u << 20)
#define FILE_BYTES   (4 << 20)

static void *limited_alloc(void *context, void *block, size_t old, size_t size)
{
    size_t *used = context;
    if (!block)
        old = 0; /* then it is a type, not a size */
    if (size == 0) {
        free(block);
        *used -= old;
        return NULL;
    }
    if (size > old && *used + (size - old) > MEMORY)
        return NULL;
    void *moved = realloc(block, size);
    if (moved)
        *used = *used - old + size;
    return moved;
}

static void out_of_instructions(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    luaL_where(L, 0); /* a hook has no frame of its own: 0 is the code that it stops */
    lua_pushliteral(L, "the scene table takes too long to work out: it should only hold values");
    lua_concat(L, 2);
    lua_error(L);
}

struct source {
    char *text;
    size_t length;
    const struct gs_opening *opening;
    int part; /* of what Lua has been given so far */
};

/* Hands Lua `return {…}` behind as many line ends as stood before it, so that its messages name
 * the file's own lines. */
static const char *read_part(lua_State *L, void *context, size_t *size)
{
    (void)L;
    struct source *s = context;
    static const char line_ends[] = "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n";
    uint32_t lines = s->opening->line - 1;
    const uint32_t step = sizeof line_ends - 1;
    uint32_t given = (uint32_t)s->part * step;
    s->part++;
    if (given < lines) {
        *size = lines - given < step ? lines - given : step;
        return line_ends;
    }
    uint32_t head = (lines + step - 1) / step;
    uint32_t at = (uint32_t)s->part - 1 - head;
    *size = at == 0 ? strlen("return ") : at == 1 ? s->opening->length : 0;
    return at == 0 ? "return " : at == 1 ? s->opening->table : NULL;
}

#define CHUNK "scene" /* Lua would shorten a long path; the whole one is put in front later */

static bool lua_failed(const struct gs_meta_reading *r)
{
    const char *text = lua_tostring(r->L, -1);
    size_t prefix = strlen(CHUNK ":");
    if (text && strncmp(text, CHUNK ":", prefix) == 0)
        return gs_error_set(r->err, "%s:%s", r->path, text + prefix);
    return gs_error_set(r->err, "%s:%u: the scene table cannot be read: %s", r->path,
                        r->opening->line, text ? text : "an error without a message");
}

static bool load_table(struct source *source, const struct gs_meta_reading *r,
                       struct gs_scene_meta *meta)
{
    lua_sethook(r->L, out_of_instructions, LUA_MASKCOUNT, INSTRUCTIONS);
    if (lua_load(r->L, read_part, source, "=" CHUNK, "t") != LUA_OK ||
        lua_pcall(r->L, 0, 1, 0) != LUA_OK)
        return lua_failed(r);
    return gs_meta_fields(r, meta);
}

static bool read_table(const char *path, struct source *source, struct gs_scene_meta *meta,
                       struct gs_error *err)
{
    size_t used = 0;
    lua_State *L = gs_lua_newstate(limited_alloc, &used, 0);
    if (!L)
        return gs_error_set(err, "%s: no memory to read the scene table", path);
    struct gs_meta_reading r = {.L = L, .path = path, .opening = source->opening, .err = err};
    bool ok = load_table(source, &r, meta);
    lua_close(L);
    return ok;
}

static bool read_file(const char *path, struct source *source, struct gs_error *err)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return gs_error_system(err, errno, "%s: cannot read the scene", path);
    /* A directory, a device, a pipe nobody writes to, or something endless is no scene. */
    if (!S_ISREG(st.st_mode) || st.st_size > FILE_BYTES)
        return gs_error_set(err, "%s: a scene is a .lua file of at most %d MiB", path,
                            FILE_BYTES >> 20);
    FILE *file = fopen(path, "re");
    if (!file)
        return gs_error_system(err, errno, "%s: cannot read the scene", path);
    source->text = malloc((size_t)st.st_size + 1);
    if (source->text)
        source->length = fread(source->text, 1, (size_t)st.st_size, file);
    fclose(file);
    return source->text || gs_error_set(err, "%s: no memory to read the scene", path);
}

/* Scenes of a chapter's folder are called "chapter/file", others by their path. */
static void name_scene(struct gs_scene_meta *meta)
{
    const char *file = strrchr(meta->path, '/');
    const char *folder = file;
    size_t length = strlen(meta->chapter);
    snprintf(meta->name, sizeof meta->name, "%s", meta->path);
    while (folder && folder > meta->path && folder[-1] != '/')
        folder--;
    if (!file || length == 0 || (size_t)(file - folder) != length ||
        memcmp(folder, meta->chapter, length) != 0)
        return;
    snprintf(meta->name, sizeof meta->name, "%s", folder);
    char *dot = strrchr(meta->name, '.');
    if (dot && strcmp(dot, ".lua") == 0)
        *dot = '\0';
}

bool gs_scene_meta_read(const char *path, struct gs_scene_meta *meta, struct gs_error *err)
{
    struct gs_opening opening;
    struct source source = {.opening = &opening};
    *meta = (struct gs_scene_meta){0};
    if (strlen(path) >= sizeof meta->path)
        return gs_error_set(err, "the path of the scene is too long: %.60s…", path);
    memcpy(meta->path, path, strlen(path) + 1);
    bool ok = read_file(path, &source, err) &&
              gs_opening_find(path, source.text, source.length, &opening, err) &&
              read_table(path, &source, meta, err);
    free(source.text);
    if (ok)
        name_scene(meta);
    return ok;
}
