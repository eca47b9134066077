#include "cli/scenes/scene_file.h"

#include "base/text.h"
#include "python/launch/page.h"

#include <string.h>

bool gs_scene_file_ends_in(const char *word, const char *ending)
{
    size_t length = strlen(word), end = strlen(ending);
    return length > end && strcmp(word + length - end, ending) == 0;
}

bool gs_scene_file_is_path(const char *word)
{
    return word[0] == '/' || word[0] == '.' || gs_scene_file_ends_in(word, ".lua") ||
           gs_scene_file_ends_in(word, ".py");
}

void gs_scene_file_name(char *name, size_t size, const char *path)
{
    const char *from = strrchr(path, '/');
    while (from && from > path && from[-1] != '/')
        from--;
    gs_text_copy(name, size, from ? from : path);
    char *dot = strrchr(name, '.');
    if (dot && (strcmp(dot, ".lua") == 0 || strcmp(dot, ".py") == 0))
        *dot = '\0';
}

/* As a Lua scene is called: one of its chapter's folder is "chapter/file", another its path. */
static void name_page(struct gs_scene_meta *meta)
{
    char name[sizeof meta->name];
    size_t length = strlen(meta->chapter);
    gs_scene_file_name(name, sizeof name, meta->path);
    bool inside = length > 0 && strncmp(name, meta->chapter, length) == 0 && name[length] == '/';
    gs_text_copy(meta->name, sizeof meta->name, inside ? name : meta->path);
}

static bool read_page(const char *path, struct gs_scene_meta *meta, struct gs_error *err)
{
    struct gs_page page;
    if (!gs_page_read(path, &page, err))
        return false;
    *meta = (struct gs_scene_meta){.guest = GS_GUEST_PYTHON_FILE,
                                   .cores = page.cores,
                                   .clock = page.clock,
                                   .speed = page.speed,
                                   .interval_ns = page.interval_ns,
                                   .expects = page.expects};
    gs_text_copy(meta->path, sizeof meta->path, path);
    gs_text_copy(meta->title, sizeof meta->title, page.title);
    gs_text_copy(meta->chapter, sizeof meta->chapter, page.chapter);
    gs_text_copy(meta->from, sizeof meta->from, page.from);
    gs_text_copy(meta->summary, sizeof meta->summary, page.summary);
    name_page(meta);
    return true;
}

bool gs_scene_file_read(const char *path, struct gs_scene_meta *meta, struct gs_error *err)
{
    return gs_scene_file_ends_in(path, ".py") ? read_page(path, meta, err)
                                              : gs_scene_meta_read(path, meta, err);
}
