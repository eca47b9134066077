/* Every key that the footer offers does something, and nothing is bound that does nothing. */
#include "support/screen_case.h"
#include "tui/views/views.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

static const struct gs_tui_scene scenes[] = {
    {.name = "gil/one",
     .chapter = "gil",
     .title = "The first",
     .summary = "About one.",
     .path = "a"},
    {.name = "gil/two", .chapter = "gil", .title = "The second", .summary = "On two.", .path = "b"},
    {.name = "sync/three",
     .chapter = "sync",
     .title = "The third",
     .summary = "Of 3.",
     .path = "c"},
};

static const char *bytes_of(const char *key)
{
    static const char *const named[][2] = {
        {"space", " "}, {"enter", "\r"}, {"esc", "\033"}, {"tab", "\t"}};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (!strcmp(named[i][0], key))
            return named[i][1];
    return key;
}

/* A run at its end, a thread selected, the cursor in its middle, zoomed in, a pane open, a search
 * made: a state in which every key has something to do. */
static struct vscreen *open_lanes(struct screen_case *c)
{
    *c = (struct screen_case){.stage = {.scenes = scenes, .scene_count = 3}, .speed = 10};
    struct vscreen *screen = screen_case_open(c, 80, 24);
    vscreen_expect(screen, "ended");
    vscreen_keys(screen, "t+jjg/thread 2\r...");
    vscreen_expect(screen, "statistics");
    vscreen_settle(screen, 60);
    return screen;
}

static struct vscreen *open_chooser(struct screen_case *c)
{
    *c = (struct screen_case){.stage = {.scenes = scenes, .scene_count = 3}, .choose = true};
    struct vscreen *screen = screen_case_open(c, 80, 24);
    vscreen_expect(screen, "The third");
    return screen;
}

static bool changes(struct vscreen *screen, const char *key)
{
    char *before = vscreen_text(screen);
    bool changed = false;
    vscreen_keys(screen, bytes_of(key));
    for (int i = 0; i < 100 && !changed; i++) {
        vscreen_settle(screen, 10);
        char *now = vscreen_text(screen);
        changed = strcmp(before, now) != 0;
        free(now);
    }
    free(before);
    return changed;
}

static void try_all(enum gs_view view, struct vscreen *(*open)(struct screen_case *))
{
    size_t count;
    const struct gs_key_line *lines = gs_keys_lines(&count);
    for (size_t i = 0; i < count; i++) {
        if (lines[i].action == GS_ACTION_NONE || !(lines[i].views & 1u << view))
            continue;
        char keys[32];
        snprintf(keys, sizeof keys, "%s", lines[i].footer_keys);
        for (char *rest = keys, *key; (key = strtok_r(rest, " ", &rest));) {
            struct screen_case c;
            struct vscreen *screen = open(&c);
            if (!changes(screen, key)) {
                vscreen_print(screen);
                fail_msg("%s does nothing", key);
            }
            vscreen_close(screen);
        }
    }
}

static void every_key_of_the_lanes_footer_does_something(void **state)
{
    (void)state;
    try_all(GS_VIEW_LANES, open_lanes);
}

static void every_key_of_the_chooser_footer_does_something(void **state)
{
    (void)state;
    try_all(GS_VIEW_CHOOSER, open_chooser);
}

static void every_binding_has_an_action(void **state)
{
    (void)state;
    size_t count;
    const struct gs_key_line *lines = gs_keys_lines(&count);
    for (size_t i = 0; i < count; i++)
        for (int view = 0; view < GS_VIEWS; view++)
            if (lines[i].action != GS_ACTION_NONE && lines[i].views & 1u << view)
                assert_non_null(gs_views[view]->acts[lines[i].action]);
}

static void the_help_names_every_key(void **state)
{
    (void)state;
    struct screen_case c;
    struct vscreen *screen = open_chooser(&c);
    size_t count;
    const struct gs_key_line *lines = gs_keys_lines(&count);
    vscreen_resize(screen, 80, 130);
    vscreen_keys(screen, "?");
    vscreen_expect(screen, "gilscope: the keys");
    for (size_t i = 0; i < count; i++)
        vscreen_expect(screen, lines[i].help);
    vscreen_expect(screen, "wants-gil");
    vscreen_resize(screen, 40, 230);
    vscreen_expect(screen, "                group: fold");
    vscreen_keys(screen, "\033");
    vscreen_expect(screen, "The third");
    assert_int_equal(screen_case_quit(screen), 0);
    vscreen_close(screen);
}

static void the_help_scrolls_on_a_small_screen(void **state)
{
    (void)state;
    struct screen_case c;
    struct vscreen *screen = open_chooser(&c);
    vscreen_resize(screen, 40, 10);
    vscreen_keys(screen, "?");
    vscreen_expect(screen, "Playing");
    vscreen_keys(screen, "G");
    vscreen_expect(screen, "text that is cut");
    vscreen_keys(screen, "g");
    vscreen_expect(screen, "Playing");
    vscreen_close(screen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_of_the_lanes_footer_does_something),
        cmocka_unit_test(every_key_of_the_chooser_footer_does_something),
        cmocka_unit_test(every_binding_has_an_action),
        cmocka_unit_test(the_help_names_every_key),
        cmocka_unit_test(the_help_scrolls_on_a_small_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
