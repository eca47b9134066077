#include "cli/scenes/scenes.h"

#include "base/text.h"
#include "cli/say/nearest.h"
#include "cli/scenes/application.h"
#include "cli/scenes/no_scene.h"
#include "cli/scenes/python.h"
#include "cli/scenes/scene_file.h"

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

static bool same_folder(const char *a, const char *b)
{
    size_t length = (size_t)(strrchr(a, '/') - a);
    return strncmp(a, b, length + 1) == 0 && !strchr(b + length + 1, '/');
}

/* A name belongs to the folder that has it first; there it may stand for a file of each guest. */
static bool listed_already(const struct gs_scenes *scenes, const struct gs_scene_meta *meta)
{
    for (size_t i = 0; i < scenes->list.count; i++) {
        const struct gs_scene_meta *listed = &scenes->list.items[i];
        if (strcmp(listed->name, meta->name) == 0 &&
            (listed->guest == meta->guest || !same_folder(listed->path, meta->path)))
            return true;
    }
    return false;
}

static void note_unreadable(struct gs_scenes *scenes, const char *path, const struct gs_error *err)
{
    for (size_t i = 0; i < scenes->unreadable.count; i++) {
        if (strcmp(scenes->unreadable.items[i].err.text, err->text) == 0)
            return;
    }
    struct gs_unreadable file = {.err = *err};
    gs_scene_file_name(file.name, sizeof file.name, path);
    gs_text_copy(file.chapter, sizeof file.chapter, file.name);
    file.chapter[strcspn(file.chapter, "/")] = '\0';
    gs_vec_push(&scenes->unreadable, file);
}

/* A Python file among the scenes that has no docstring is what they import. */
static bool is_page(const struct gs_scene_meta *meta)
{
    return meta->guest == GS_GUEST_LUA || meta->title[0];
}

static void read_scene(struct gs_scenes *scenes, const char *path)
{
    struct gs_scene_meta meta;
    struct gs_error err;
    if (!gs_scene_file_read(path, &meta, &err))
        note_unreadable(scenes, path, &err);
    else if (is_page(&meta) && !listed_already(scenes, &meta))
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
    static const char *const endings[] = {".py", ".lua"};
    static const char *const patterns[] = {"*.py", "*.lua", "*/*.py", "*/*.lua"};
    char path[GS_PATH_MAX], name[256];
    snprintf(path, sizeof path, "%s/contents", folder);
    FILE *contents = fopen(path, "re");
    while (contents && fscanf(contents, "%255s", name) == 1) {
        for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
            snprintf(path, sizeof path, "%s/%s%s", folder, name, endings[i]);
            if (access(path, F_OK) == 0)
                read_scene(scenes, path);
        }
    }
    if (contents)
        fclose(contents);
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
        read_matching(scenes, folder, patterns[i]);
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

typedef bool relation(const struct gs_scene_meta *a, const struct gs_scene_meta *b);

static bool same_chapter(const struct gs_scene_meta *a, const struct gs_scene_meta *b)
{
    return strcmp(a->chapter, b->chapter) == 0;
}

static bool same_name(const struct gs_scene_meta *a, const struct gs_scene_meta *b)
{
    return strcmp(a->name, b->name) == 0;
}

/* Who belong together stand together, where the first of them comes. */
static void gather(struct gs_scenes *scenes, relation *together)
{
    struct gs_scene_meta *items = scenes->list.items;
    for (size_t done = 1; done < scenes->list.count; done++) {
        size_t next = done;
        while (next < scenes->list.count && !together(&items[next], &items[done - 1]))
            next++;
        if (next == done || next == scenes->list.count)
            continue;
        struct gs_scene_meta moved = items[next];
        memmove(&items[done + 1], &items[done], (next - done) * sizeof *items);
        items[done] = moved;
    }
}

bool gs_scenes_is_second(const struct gs_scenes *scenes, size_t i)
{
    return i > 0 && same_name(&scenes->list.items[i], &scenes->list.items[i - 1]);
}

bool gs_scenes_can_run(uint32_t guest, const struct gs_order *order)
{
    if (guest == GS_GUEST_LUA)
        return order->python[0] == '\0';
    return order->gil == GS_GIL_UNSET && (order->python[0] || gs_cli_python_is_there());
}

/* Python first, where it runs. */
static void put_first_what_runs(struct gs_scenes *scenes, const struct gs_order *order)
{
    struct gs_scene_meta *items = scenes->list.items;
    int python = -1;
    for (size_t i = 1; i < scenes->list.count; i++) {
        if (!gs_scenes_is_second(scenes, i))
            continue;
        if (python < 0)
            python = gs_scenes_can_run(GS_GUEST_PYTHON_FILE, order);
        uint32_t first = python ? GS_GUEST_PYTHON_FILE : GS_GUEST_LUA;
        if (items[i - 1].guest != first) {
            struct gs_scene_meta moved = items[i];
            items[i] = items[i - 1];
            items[i - 1] = moved;
        }
    }
}

void gs_scenes_read(struct gs_scenes *scenes, const struct gs_order *order)
{
    char folder[GS_PATH_MAX];
    const char *named = getenv("GILSCOPE_SCENES");
    *scenes = (struct gs_scenes){0};
    if (named)
        read_listed_folders(scenes, named);
    if (own_folder(folder))
        read_folder(scenes, folder);
    gather(scenes, same_chapter);
    gather(scenes, same_name);
    put_first_what_runs(scenes, order);
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

static bool has_ending(const struct gs_scene_meta *meta, const char *ending)
{
    return !*ending || gs_scene_file_ends_in(meta->path, ending);
}

/* word without its ending, and the ending: "" if there is none. */
static const char *split_ending(const char *word, char *name, size_t size)
{
    const char *dot = strrchr(word, '.');
    bool any = dot && gs_scene_file_is_path(dot);
    snprintf(name, size, "%.*s", any ? (int)(dot - word) : (int)strlen(word), word);
    return any ? dot : "";
}

static const struct gs_scene_meta *by_name(const struct gs_scenes *scenes, const char *word)
{
    const struct gs_scene_meta *found = NULL;
    char name[sizeof found->name];
    const char *ending = split_ending(word, name, sizeof name);
    size_t count = 0;
    for (size_t i = 0; i < scenes->list.count; i++) {
        const struct gs_scene_meta *meta = &scenes->list.items[i];
        if (!has_ending(meta, ending))
            continue;
        if (strcmp(meta->name, name) == 0)
            return meta;
        if (strcmp(behind_chapter(meta->name), name) == 0 && !(found && same_name(found, meta))) {
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

/* "gil/convoy.lua" where there is no such file is one of a name's two. */
static bool is_file(const char *word)
{
    return gs_scene_file_is_path(word) &&
           (access(word, F_OK) == 0 || word[0] == '/' || word[0] == '.');
}

/* Its page; NULL with err. */
static const struct gs_scene_meta *look_up(const struct gs_scenes *scenes, const char *word,
                                           struct gs_error *err)
{
    const struct gs_scene_meta *found = by_name(scenes, word);
    const struct gs_unreadable *broken = found ? NULL : unreadable_by_name(scenes, word);
    if (broken)
        gs_error_set(err, "%s", broken->err.text);
    else if (!found && gs_no_scene(word, err))
        return NULL;
    else if (!found && gs_scene_file_is_path(word))
        gs_error_set(err, "%s: there is no such file, and no scene of this name", word);
    else if (!found)
        say_what_is_near(scenes, word, err);
    return found;
}

bool gs_scenes_find(const char *word, const struct gs_order *order, struct gs_scene_meta *meta,
                    struct gs_error *err)
{
    struct gs_scenes scenes;
    if (gs_application_is_one(word)) {
        *meta = gs_application_meta(word);
        return true;
    }
    if (is_file(word))
        return !gs_no_scene(word, err) && gs_scene_file_read(word, meta, err);
    gs_scenes_read(&scenes, order);
    const struct gs_scene_meta *found = look_up(&scenes, word, err);
    if (found)
        *meta = *found;
    gs_scenes_free(&scenes);
    return found != NULL;
}

bool gs_scenes_is_broken(const char *word, struct gs_error *err)
{
    static const struct gs_order any;
    struct gs_scene_meta meta;
    struct gs_scenes scenes;
    if (is_file(word))
        return access(word, F_OK) == 0 && !gs_scene_file_read(word, &meta, err);
    gs_scenes_read(&scenes, &any);
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
