#include "cli/cli.h"

#include "cli/say/say.h"

#include "base/text.h"
#include "cli/scenes/scenes.h"

#include <stdio.h>
#include <string.h>

#include <jansson.h>

static void print_visible(int width, const char *text)
{
    char visible[2048];
    gs_text_visible(visible, sizeof visible, text, strlen(text));
    printf("%-*s", width, visible);
}

/* The documents by the first words of their files' names: "001_cdf4b8e4.txt" is document 001. */
static void print_documents(const char *from)
{
    const char *before = " (";
    while (*from) {
        char document[256];
        size_t length = strcspn(from, ",");
        snprintf(document, sizeof document, "%.*s", (int)strcspn(from, "_.,"), from);
        fputs(before, stdout);
        print_visible(0, document);
        before = ", ";
        from += length;
        from += strspn(from, ", ");
    }
    fputs(before[0] == ' ' ? "" : ")", stdout);
}

static const char *guests_word(const struct gs_scenes *scenes, size_t i)
{
    if (i + 1 < scenes->list.count && gs_scenes_is_second(scenes, i + 1))
        return "Python, Lua";
    return scenes->list.items[i].guest == GS_GUEST_LUA ? "Lua" : "Python";
}

static void print_table(const struct gs_scenes *scenes)
{
    int width = 0;
    for (size_t i = 0; i < scenes->list.count; i++) {
        int length = (int)strlen(scenes->list.items[i].name);
        width = length > width ? length : width;
    }
    for (size_t i = 0; i < scenes->list.count; i++) {
        const struct gs_scene_meta *meta = &scenes->list.items[i];
        if (gs_scenes_is_second(scenes, i))
            continue;
        if (i == 0 || strcmp(meta->chapter, meta[-1].chapter) != 0) {
            fputs(i == 0 ? "" : "\n", stdout);
            print_visible(0, meta->chapter[0] ? meta->chapter : "(no chapter)");
            putchar('\n');
        }
        fputs("  ", stdout);
        print_visible(width + 2, meta->name);
        printf("%-13s", guests_word(scenes, i));
        print_visible(0, meta->title);
        print_documents(meta->from);
        putchar('\n');
    }
}

/* Made visible first: JSON takes no bytes that are not UTF-8, and it may be read on a terminal. */
static void set_text(json_t *object, const char *key, const char *text)
{
    char visible[2 * GS_PATH_MAX];
    gs_text_visible(visible, sizeof visible, text, strlen(text));
    json_object_set_new(object, key, json_string(visible));
}

/* The files of a name by guest: {"python": PATH, "lua": PATH}; the first is the one that runs. */
static json_t *guests(const struct gs_scenes *scenes, size_t i)
{
    json_t *paths = json_object();
    do {
        const struct gs_scene_meta *meta = &scenes->list.items[i];
        set_text(paths, meta->guest == GS_GUEST_LUA ? "lua" : "python", meta->path);
    } while (++i < scenes->list.count && gs_scenes_is_second(scenes, i));
    return paths;
}

static void print_json(const struct gs_scenes *scenes)
{
    for (size_t i = 0; i < scenes->list.count; i++) {
        const struct gs_scene_meta *meta = &scenes->list.items[i];
        if (gs_scenes_is_second(scenes, i))
            continue;
        json_t *object = json_object();
        set_text(object, "name", meta->name);
        set_text(object, "title", meta->title);
        set_text(object, "chapter", meta->chapter);
        set_text(object, "from", meta->from);
        set_text(object, "summary", meta->summary);
        set_text(object, "path", meta->path);
        json_object_set_new(object, "guests", guests(scenes, i));
        json_dumpf(object, stdout, JSON_COMPACT);
        putchar('\n');
        json_decref(object);
    }
}

static int print_list(bool json)
{
    static const struct gs_order any;
    struct gs_scenes scenes;
    gs_scenes_read(&scenes, &any);
    json ? print_json(&scenes) : print_table(&scenes);
    for (size_t i = 0; i < scenes.unreadable.count; i++)
        gs_cli_say("%s", scenes.unreadable.items[i].err.text);
    if (scenes.list.count == 0)
        gs_cli_say("no scenes are installed; GILSCOPE_SCENES can name a folder of them");
    bool good = scenes.list.count > 0 && scenes.unreadable.count == 0;
    gs_scenes_free(&scenes);
    return good ? GS_EXIT_GOOD : GS_EXIT_USAGE;
}

int gs_cli_list(struct gs_options *options)
{
    if (options->word_count > 0)
        return gs_cli_misuse("list", "list takes no '%s'", options->words[0]);
    return print_list(options->json);
}
