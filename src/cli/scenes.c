#include "cli/scenes.h"

#include "base/text.h"
#include "cli/cli.h"
#include "python/launch/page.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool listed_already(const struct gs_scenes *scenes, const char *name)
{
    for (size_t i = 0; i < scenes->list.count; i++) {
        if (strcmp(scenes->list.items[i].name, name) == 0)
            return true;
    }
    return false;
}

/* "folder/file", as a scene there would be called. */
static void name_by_path(char *name, size_t size, const char *path)
{
    const char *from = strrchr(path, '/');
    while (from && from > path && from[-1] != '/')
        from--;
    gs_text_copy(name, size, from ? from : path);
    char *dot = strrchr(name, '.');
    if (dot && strcmp(dot, ".lua") == 0)
        *dot = '\0';
}

static void note_unreadable(struct gs_scenes *scenes, const char *path, const struct gs_error *err)
{
    for (size_t i = 0; i < scenes->unreadable.count; i++) {
        if (strcmp(scenes->unreadable.items[i].err.text, err->text) == 0)
            return;
    }
    struct gs_unreadable file = {.err = *err};
    name_by_path(file.name, sizeof file.name, path);
    gs_vec_push(&scenes->unreadable, file);
}

static void read_scene(struct gs_scenes *scenes, const char *path)
{
    struct gs_scene_meta meta;
    struct gs_error err;
    if (!gs_scene_meta_read(path, &meta, &err))
        note_unreadable(scenes, path, &err);
    else if (!listed_already(scenes, meta.name))
        gs_vec_push(&scenes->list, meta);
}

static void read_matching(struct gs_scenes *scenes, const char *folder, const char *pattern)
{
    char path[GS_PATH_MAX];
    glob_t found;
    snprintf(path, sizeof path, "%s/%s", folder, pattern);
    if (glob(path, 0, NULL, &found) != 0)
        return;
    for (size_t i = 0; i < found.gl_pathc; i++)
        read_scene(scenes, found.gl_pathv[i]);
    globfree(&found);
}

/* The folder's file `contents` names scenes in the order to be read; what it leaves out follows by
 * name: scenes in the folder itself, and in one a chapter. */
static void read_folder(struct gs_scenes *scenes, const char *folder)
{
    char path[GS_PATH_MAX], name[256];
    snprintf(path, sizeof path, "%s/contents", folder);
    FILE *contents = fopen(path, "re");
    while (contents && fscanf(contents, "%255s", name) == 1) {
        snprintf(path, sizeof path, "%s/%s.lua", folder, name);
        if (access(path, F_OK) == 0)
            read_scene(scenes, path);
    }
    if (contents)
        fclose(contents);
    read_matching(scenes, folder, "*.lua");
    read_matching(scenes, folder, "*/*.lua");
}

static void read_listed_folders(struct gs_scenes *scenes, const char *list)
{
    while (*list) {
        char folder[GS_PATH_MAX];
        size_t length = strcspn(list, ":");
        snprintf(folder, sizeof folder, "%.*s", (int)length, list);
        if (length > 0)
            read_folder(scenes, folder);
        list += length + (list[length] == ':');
    }
}

/* The scenes that came with this very program: only those, wherever it was moved to. */
static bool own_folder(char *folder)
{
    char path[GS_PATH_MAX + sizeof "/" GS_SCENES] = "";
    ssize_t length = readlink("/proc/self/exe", path, GS_PATH_MAX);
    while (length > 0 && path[length - 1] != '/')
        length--;
    if (length <= 0)
        return false;
    strcpy(path + length, GS_SCENES);
    return is_folder(path) && realpath(path, folder);
}

static const char *chapter_of(const struct gs_scenes *scenes, size_t i)
{
    return scenes->list.items[i].chapter;
}

/* Scenes of one chapter stand together, chapters in the order in which they first come. */
static void gather_chapters(struct gs_scenes *scenes)
{
    struct gs_scene_meta *items = scenes->list.items;
    for (size_t done = 0; done < scenes->list.count; done++) {
        size_t next = done;
        while (done > 0 && next < scenes->list.count &&
               strcmp(chapter_of(scenes, next), chapter_of(scenes, done - 1)) != 0)
            next++;
        if (next == done || next == scenes->list.count)
            continue;
        struct gs_scene_meta moved = items[next];
        memmove(&items[done + 1], &items[done], (next - done) * sizeof *items);
        items[done] = moved;
    }
}

void gs_scenes_read(struct gs_scenes *scenes)
{
    char folder[GS_PATH_MAX];
    const char *named = getenv("GILSCOPE_SCENES");
    *scenes = (struct gs_scenes){0};
    if (named)
        read_listed_folders(scenes, named);
    if (own_folder(folder))
        read_folder(scenes, folder);
    gather_chapters(scenes);
}

void gs_scenes_free(struct gs_scenes *scenes)
{
    gs_vec_free(&scenes->list);
    gs_vec_free(&scenes->unreadable);
}

static const char *behind_chapter(const char *name)
{
    const char *slash = strrchr(name, '/');
    return slash ? slash + 1 : name;
}

static const struct gs_scene_meta *by_name(const struct gs_scenes *scenes, const char *word)
{
    const struct gs_scene_meta *found = NULL;
    size_t count = 0;
    for (size_t i = 0; i < scenes->list.count; i++) {
        const struct gs_scene_meta *meta = &scenes->list.items[i];
        if (strcmp(meta->name, word) == 0)
            return meta;
        if (strcmp(behind_chapter(meta->name), word) == 0) {
            found = meta;
            count++;
        }
    }
    return count == 1 ? found : NULL;
}

/* Names as words, with the short ones behind, since those are typed too. */
static bool say_what_is_near(const struct gs_scenes *scenes, const char *word, struct gs_error *err)
{
    GS_VEC(const char *) words = {0};
    for (size_t i = 0; i < scenes->list.count; i++)
        gs_vec_push(&words, scenes->list.items[i].name);
    for (size_t i = 0; i < scenes->list.count; i++)
        gs_vec_push(&words, behind_chapter(scenes->list.items[i].name));
    gs_vec_push(&words, NULL);
    const char *near = gs_cli_nearest(word, words.items);
    if (near)
        gs_error_set(err, "there is no scene '%s'; did you mean '%s'?", word, near);
    else
        gs_error_set(err,
                     "there is no scene '%s'; 'gilscope list' shows them all, and a path to "
                     "a .py or .lua file is good too",
                     word);
    gs_vec_free(&words);
    return false;
}

static const struct gs_unreadable *unreadable_by_name(const struct gs_scenes *scenes,
                                                      const char *word)
{
    for (size_t i = 0; i < scenes->unreadable.count; i++) {
        const struct gs_unreadable *file = &scenes->unreadable.items[i];
        if (strcmp(file->name, word) == 0 || strcmp(behind_chapter(file->name), word) == 0)
            return file;
    }
    return NULL;
}

static bool ends_in(const char *word, const char *ending)
{
    size_t length = strlen(word), end = strlen(ending);
    return length > end && strcmp(word + length - end, ending) == 0;
}

static bool is_path(const char *word)
{
    return word[0] == '/' || word[0] == '.' || ends_in(word, ".lua") || ends_in(word, ".py");
}

static bool read_python(const char *path, struct gs_scene_meta *meta, struct gs_error *err)
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
    gs_text_copy(meta->name, sizeof meta->name, path);
    gs_text_copy(meta->path, sizeof meta->path, path);
    gs_text_copy(meta->title, sizeof meta->title, page.title);
    gs_text_copy(meta->chapter, sizeof meta->chapter, page.chapter);
    gs_text_copy(meta->from, sizeof meta->from, page.from);
    gs_text_copy(meta->summary, sizeof meta->summary, page.summary);
    return true;
}

static bool read_path(const char *path, struct gs_scene_meta *meta, struct gs_error *err)
{
    return ends_in(path, ".py") ? read_python(path, meta, err)
                                : gs_scene_meta_read(path, meta, err);
}

bool gs_scenes_find(const char *word, struct gs_scene_meta *meta, struct gs_error *err)
{
    if (is_path(word))
        return read_path(word, meta, err);
    struct gs_scenes scenes;
    gs_scenes_read(&scenes);
    const struct gs_scene_meta *found = by_name(&scenes, word);
    const struct gs_unreadable *broken = found ? NULL : unreadable_by_name(&scenes, word);
    if (found)
        *meta = *found;
    else if (broken)
        gs_error_set(err, "%s", broken->err.text);
    else
        say_what_is_near(&scenes, word, err);
    gs_scenes_free(&scenes);
    return found != NULL;
}

bool gs_scenes_is_broken(const char *word, struct gs_error *err)
{
    struct gs_scene_meta meta;
    if (is_path(word))
        return access(word, F_OK) == 0 && !read_path(word, &meta, err);
    struct gs_scenes scenes;
    gs_scenes_read(&scenes);
    const struct gs_unreadable *broken =
        by_name(&scenes, word) ? NULL : unreadable_by_name(&scenes, word);
    if (broken)
        gs_error_set(err, "%s", broken->err.text);
    gs_scenes_free(&scenes);
    return broken != NULL;
}

/* A Lua scene's stage reads the table itself; Python's knows no docstrings. */
static void leave_to_docstring(const struct gs_scene_meta *meta, struct gs_order *order)
{
    order->clock = order->clock ? order->clock : meta->clock;
    order->cores = order->cores ? order->cores : meta->cores;
    order->interval_ns = order->interval_ns ? order->interval_ns : meta->interval_ns;
    order->expects = meta->expects;
}

void gs_scenes_order(const struct gs_scene_meta *meta, struct gs_order *order)
{
    order->guest = meta->guest;
    if (meta->guest == GS_GUEST_PYTHON_FILE)
        leave_to_docstring(meta, order);
    snprintf(order->scene, sizeof order->scene, "%s", meta->path);
    snprintf(order->name, sizeof order->name, "%s", meta->name);
}
