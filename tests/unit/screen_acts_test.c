/* What every key of keys.def does, in every view where it works. */
#include "support/questions.h"
#include "support/ui_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

struct act {
    enum gs_action action;
    const char *before; /* keys that lead to where it has something to do */
    const char *shows;  /* what stands on the screen then and not before; NULL: nothing new */
    const char *ends;   /* … and what stands there before and not then; NULL: nothing */
};

/* A run at its end, at 120 columns by 30 lines: the GIL's row is selected. */
static const struct act lanes[] = {
    {GS_ACTION_PAUSE, "g", "▶ 10×", "ended"},
    {GS_ACTION_PAUSE_AT_MARKS, "", "it pauses at each mark", NULL},
    {GS_ACTION_SLOWER, "", "Plays at 5× the clock's speed.", NULL},
    {GS_ACTION_FASTER, "{{", "Plays at 5× the clock's speed.", "Plays at 2×"},
    {GS_ACTION_RERUN, "", "▶ 10×", "ended"},
    {GS_ACTION_RULES, "", "the rules of the next run", NULL},
    {GS_ACTION_LEFT, "g>>", "▲ 0.004730 s", "▲ 0.005300 s"},
    {GS_ACTION_LEFT, "gk", "4 lanes folded", "T1"},
    {GS_ACTION_RIGHT, "g>>", "▲ 0.005870 s", "▲ 0.005300 s"},
    {GS_ACTION_RIGHT, "gz", "T1", "4 lanes folded"},
    {GS_ACTION_UP, "g]jj", "main has waited", "Thread 1 has wanted"},
    {GS_ACTION_UP, "g>>te\t", NULL, "0.015300  Thread 2 took"},
    {GS_ACTION_DOWN, "g]j", "Thread 1 has wanted", "main has waited"},
    {GS_ACTION_PAGE_UP, "g]jjj", "Thread 2 has held the GIL", "Thread 2 has been running"},
    {GS_ACTION_PAGE_DOWN, "g]", "Thread 2 has been running", "Thread 2 has held the GIL"},
    {GS_ACTION_NEXT_EVENT, "gjj", "▲ 0.000100 s", NULL},
    {GS_ACTION_PREVIOUS_EVENT, "g>>jj", "▲ 0.000300 s", "▲ 0.005300 s"},
    {GS_ACTION_NEXT_HANDOFF, "g>", "▲ 0.005300 s", NULL},
    {GS_ACTION_PREVIOUS_HANDOFF, "g>>", "▲ 0.000300 s", "▲ 0.005300 s"},
    {GS_ACTION_NEXT_MARK, "g]", "▲ 0.040000 s", NULL},
    {GS_ACTION_PREVIOUS_MARK, "g]]", "▲ 0.020000 s", NULL},
    {GS_ACTION_ENTER, "g]jj", "▲ 0.020300 s", "Thread 1 has wanted"},
    {GS_ACTION_ENTER, "g]jjj", "▲ 0.015300 s", "Thread 2 has been running"},
    {GS_ACTION_ENTER, "g]", "▲ 0.015300 s", "Thread 2 has held the GIL"},
    {GS_ACTION_ENTER, "gk", "4 lanes folded", "T1"},
    {GS_ACTION_RETURN, "g]jj\r", "Thread 1 has wanted", "▲ 0.020300 s"},
    {GS_ACTION_RETURN, "g]jjj\r", "Thread 2 has been running", "▲ 0.015300 s"},
    {GS_ACTION_RETURN, "g", "Enter has led nowhere yet.", NULL},
    {GS_ACTION_PLAYHEAD, "g]", "Nobody holds the GIL: main ended", "▲ 0.020000 s"},
    {GS_ACTION_START, "g]", "▲ 0.000000 s", NULL},
    {GS_ACTION_LIVE, "g", "Nobody holds the GIL: main ended", "▲ 0.000000 s"},
    {GS_ACTION_ZOOM_IN, "", "49.2 ms of 60.0 ms", "total 60.0 ms"},
    {GS_ACTION_ZOOM_OUT, "g", "70         80", NULL},
    {GS_ACTION_FIT, "g++", "total 60.0 ms", "of 60.0 ms"},
    {GS_ACTION_FOLD, "", "4 lanes folded", "T1"},
    {GS_ACTION_FILTER, "", "filter:", "space play"},
    {GS_ACTION_RECORD, "", "record into: gil-fight.gsr", "space play"},
    {GS_ACTION_EXPORT, "", "export", "space play"},
    {GS_ACTION_COMPARE, "", "compare with:", "space play"},
    {GS_ACTION_SEARCH, "", "search:", "space play"},
    {GS_ACTION_NEXT_HIT, "g/thread\r", "2 of 2: lane Thread 2", "1 of 2: lane Thread 1"},
    {GS_ACTION_PREVIOUS_HIT, "g/thread\rn", "1 of 2: lane Thread 1", "2 of 2: lane Thread 2"},
    {GS_ACTION_SOURCE, "", NULL, "No line is known yet."},
    {GS_ACTION_ABSENT, "", "Lanes that were not there in this window are shown", NULL},
    {GS_ACTION_PIN, "", "* GIL", NULL},
    {GS_ACTION_TALL, "", "A lane takes 1 line.", NULL},
    {GS_ACTION_STATS, "", "statistics up to the playhead", NULL},
    {GS_ACTION_OUTPUT, "", "output of the program", NULL},
    {GS_ACTION_PHASES, "", "phases side by side", NULL},
    {GS_ACTION_EVENTS, "", "events around the cursor", NULL},
    {GS_ACTION_RANGE, "g>>m>", "range of 5.0 ms, from 5.3 ms to 10.3 ms", NULL},
    {GS_ACTION_BACK, "g>>m>m", NULL, "range of 5.0 ms"},
    {GS_ACTION_NEXT_PANE, "t", "▸ statistics", NULL},
    {GS_ACTION_HELP, "", "gilscope: the keys", "gil/fight"},
    {GS_ACTION_MOUSE, "", "The mouse is the terminal's", NULL},
    {GS_ACTION_BACK, "t", NULL, "statistics up to the playhead"},
    {GS_ACTION_BACK, "ge\t", "─ events", "▸ events"},
    {GS_ACTION_BACK, "f2\r", "join Thread 1", "filter: 2"},
    {GS_ACTION_BOXES, "g", "─ process 1 ─", "▾ process 1"},
    {GS_ACTION_BACK, "s", "q quits.", NULL},
};

/* Two scenes in a list, the first selected. */
static const struct act chooser[] = {
    {GS_ACTION_RUN, "j", "sync/two   ", "On two."},
    {GS_ACTION_UP, "j", "> one", "> two"},
    {GS_ACTION_DOWN, "", "> two", "> one"},
    {GS_ACTION_PAGE_UP, "j", "> one", "> two"},
    {GS_ACTION_PAGE_DOWN, "", "> two", "> one"},
    {GS_ACTION_FIRST, "j", "> one", "> two"},
    {GS_ACTION_LAST, "", "> two", "> one"},
    {GS_ACTION_ASK, "", "Does it wait?", "> one"},
    {GS_ACTION_SEARCH, "", "search:", "enter run it"},
    {GS_ACTION_NEXT_HIT, "/about\rj", "> one", "> two"},
    {GS_ACTION_PREVIOUS_HIT, "/about\rj", "> one", "> two"},
    {GS_ACTION_MOUSE, "", "The mouse is the terminal's", NULL},
    {GS_ACTION_HELP, "", "gilscope: the keys", "> one"},
};

/* The questions of the chooser. */
static const struct act questions[] = {
    {GS_ACTION_ANSWER, "j", "Must it share?", "Does it wait?"},
    {GS_ACTION_ANSWER, "\r", "gil/one   ", "gil/one: First"},
    {GS_ACTION_UP, "j", "> Yes, it waits.", "> No, it computes."},
    {GS_ACTION_DOWN, "", "> No, it computes.", "> Yes, it waits."},
    {GS_ACTION_RETURN, "j\r", "> No, it computes.", "Must it share?"},
    {GS_ACTION_BACK, "", "> one", "Does it wait?"},
    {GS_ACTION_HELP, "", "gilscope: the keys", "Does it wait?"},
};

/* Two runs at their ends, one below the other, the cursor at 30 ms: the first's GIL is selected. */
static const struct act compare[] = {
    {GS_ACTION_RACE, "", "▶ 0.01×", "ended"},
    {GS_ACTION_RACE, "  ", "▶ 0.01×", "paused"},
    {GS_ACTION_SLOWER, "", "Plays at 0.005×", NULL},
    {GS_ACTION_FASTER, "{{", "Plays at 0.005×", "Plays at 0.002×"},
    {GS_ACTION_LEFT, "", "▲ 0.029", "▲ 0.030000 s"},
    {GS_ACTION_LEFT, "k", "4 lanes folded", NULL},
    {GS_ACTION_RIGHT, "", "▲ 0.030570 s", "▲ 0.030000 s"},
    {GS_ACTION_RIGHT, "kz", NULL, "4 lanes folded"},
    {GS_ACTION_UP, "j", "has held the GIL for 4", "main has waited"},
    {GS_ACTION_DOWN, "", "main has waited", "has held the GIL for 4"},
    {GS_ACTION_PAGE_UP, "\t", "▸ A  ", "▸ B  "},
    {GS_ACTION_PAGE_DOWN, "", "▸ B  ", "▸ A  "},
    {GS_ACTION_NEXT_EVENT, "g", "▲ 0.000300 s", "▲ 0.000000 s"},
    {GS_ACTION_PREVIOUS_EVENT, "g>>", "▲ 0.000300 s", "▲ 0.005300 s"},
    {GS_ACTION_NEXT_HANDOFF, "g>", "▲ 0.005300 s", NULL},
    {GS_ACTION_PREVIOUS_HANDOFF, "g>>", "▲ 0.000300 s", "▲ 0.005300 s"},
    {GS_ACTION_NEXT_MARK, "g]", "▲ 0.040000 s", NULL},
    {GS_ACTION_PREVIOUS_MARK, "g]]", "▲ 0.020000 s", NULL},
    {GS_ACTION_FIRST, "", "▲ 0.000000 s", "▲ 0.030000 s"},
    {GS_ACTION_LAST, "", "▲ 0.060000 s", "▲ 0.030000 s"},
    {GS_ACTION_ZOOM_IN, "g", " 45", NULL},
    {GS_ACTION_ZOOM_OUT, "g", "80", NULL},
    {GS_ACTION_FIT, "g-", NULL, "80"},
    {GS_ACTION_FOLD, "", "4 lanes folded", NULL},
    {GS_ACTION_FILTER, "", "filter:", "> < hand-off"},
    {GS_ACTION_ADD_RUN, "", "compare with:", "> < hand-off"},
    {GS_ACTION_NEXT_RUN, "\t", "▸ A  ", "▸ B  "},
    {GS_ACTION_EXPORT, "", "x exports one run", NULL},
    {GS_ACTION_DIFFERENCES, "", NULL, "─ differences ─"},
    {GS_ACTION_DIFFERENCES, "t", "─ differences ─", NULL},
    {GS_ACTION_MOUSE, "", "The mouse is the terminal's", NULL},
    {GS_ACTION_HELP, "", "gilscope: the keys", "▸ A  "},
    {GS_ACTION_BACK, "", "q quits.", NULL},
    {GS_ACTION_BACK, " ", "ended", "▶ 0.01×"},
    {GS_ACTION_BACK, "f2\r", "join Thread 1", "filter: 2"},
};

/* The rules of a run that ended: the clock is selected. */
static const struct act rules[] = {
    {GS_ACTION_UP, "j", "▸ clock", "▸ guest"},
    {GS_ACTION_DOWN, "", "▸ guest", "▸ clock"},
    {GS_ACTION_LEFT, "", "real  now virtual", NULL},
    {GS_ACTION_RIGHT, "", "virtual  now virtual", NULL},
    {GS_ACTION_CHANGE, "", "virtual  now virtual", NULL},
    {GS_ACTION_CHANGE, "jjj", "number:", NULL},
    {GS_ACTION_RERUN, "", "▶ 10×", "the rules of the next run"},
    {GS_ACTION_BESIDE, "", "Nothing is changed yet", NULL},
    {GS_ACTION_BACK, "", "ended", "the rules of the next run"},
    {GS_ACTION_HELP, "", "gilscope: the keys", "the rules of the next run"},
};

/* Presented at 120 columns: it stands at the first mark. */
static const struct act present[] = {
    {GS_ACTION_FORWARD, "", NULL, "‖ paused"},
    {GS_ACTION_BACKWARD, "", NULL, "▲ a third"},
    {GS_ACTION_HELP, "", "gilscope: the keys", "▲ a third"},
    {GS_ACTION_BACK, "", "q quit", NULL},
};

/* A question with nine answers. */
static const struct act question[] = {
    {GS_ACTION_NUMBER, "", NULL, "▸ 1 one"},
    {GS_ACTION_ANSWER, "", NULL, "▸ 1 one"},
    {GS_ACTION_UP, "", "▸ 9 nine", "▸ 1 one"},
    {GS_ACTION_DOWN, "", "▸ 2 two", "▸ 1 one"},
    {GS_ACTION_FORWARD, "", "? The answer is two: Is it?", "▸ 1 one"},
    {GS_ACTION_BACKWARD, "", NULL, "▸ 1 one"},
    {GS_ACTION_HELP, "", "gilscope: the keys", "▸ 1 one"},
};

/* The help over the chooser. */
static const struct act help[] = {
    {GS_ACTION_UP, "j", "(more below)", "(more above and below)"},
    {GS_ACTION_DOWN, "", "(more above and below)", "(more below)"},
    {GS_ACTION_PAGE_UP, "G", "(more above and below)", "(more above)"},
    {GS_ACTION_PAGE_DOWN, "", "(more above and below)", "(more below)"},
    {GS_ACTION_FIRST, "jj", "(more below)", "(more above and below)"},
    {GS_ACTION_LAST, "", "(more above)", "(more below)"},
    {GS_ACTION_HELP, "", "> one", "gilscope: the keys"},
    {GS_ACTION_BACK, "", "> one", "gilscope: the keys"},
};

static const struct gs_tui_scene scenes[] = {
    {.name = "gil/one", .chapter = "gil", .title = "First", .summary = "About one.", .path = "a"},
    {.name = "sync/two", .chapter = "sync", .title = "Second", .summary = "On two.", .path = "b"},
};

static const char *bytes_of(const char *name)
{
    static const char *const named[][2] = {
        {"Space", " "},        {"Enter", "\r"},    {"Escape", "\033"},    {"Tab", "\t"},
        {"Up", "\033[A"},      {"Down", "\033[B"}, {"Right", "\033[C"},   {"Left", "\033[D"},
        {"Home", "\033[H"},    {"End", "\033[F"},  {"PageUp", "\033[5~"}, {"PageDown", "\033[6~"},
        {"Backspace", "\177"},
    };
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (!strcmp(named[i][0], name))
            return named[i][1];
    return name;
}

static struct fake_trace *told(void)
{
    struct fake_fight x = fake_gil_fight();
    x.trace->events.count--; /* the end, which comes again below */
    fake_text(x.trace, x.main, 0, GS_EVENT_PHASE, "to begin with", 1);
    fake_text(x.trace, x.main, FAKE_MS(20), GS_EVENT_MARK, "a third", 1);
    fake_text(x.trace, x.main, FAKE_MS(40), GS_EVENT_MARK, "two thirds", 1);
    fake_end(x.trace, FAKE_MS(60), 0);
    return x.trace;
}

static struct fake_trace *asked(void)
{
    static const char text[] = "Is it?\none\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine";
    struct fake_fight x = fake_gil_fight();
    uint32_t string = gs_segment_add_string(x.trace->segment, text, sizeof text - 1);
    fake_event(
        x.trace,
        (struct gs_event){
            .kind = GS_EVENT_ASK, .time = FAKE_MS(20), .actor = x.main, .flags = 2, .a = string});
    return x.trace;
}

struct place {
    enum gs_view view;
    const char *opens; /* the keys that lead there */
    const struct act *acts;
    size_t count;
    bool choose, compares;
    bool presents, asks;
};

#define ACTS(table) .acts = (table), .count = sizeof(table) / sizeof *(table)
static const struct place places[] = {
    {GS_VIEW_LANES, "", ACTS(lanes), false, false},
    {GS_VIEW_CHOOSER, "", ACTS(chooser), true, false},
    {GS_VIEW_DECISION, "a", ACTS(questions), true, false},
    {GS_VIEW_COMPARE, "", ACTS(compare), true, true},
    {GS_VIEW_RULES, "o", ACTS(rules), false, false},
    {GS_VIEW_PRESENT, "", ACTS(present), .presents = true},
    {GS_VIEW_QUESTION, "", ACTS(question), .asks = true},
    {GS_VIEW_HELP, "?", ACTS(help), true, false},
};

static void compare_two(struct gs_ui *ui)
{
    const struct gs_tui_variant two[] = {{.called = "gil/fight"}, {.called = "gil/fight, seed=2"}};
    gs_ui_compare(ui, two, 2);
    for (int i = 0; i < 5000 && !gs_comparison_over(&ui->comparison); i++) {
        gs_ui_drain(ui, 1000000);
        gs_ui_advance(ui, 1000000);
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    assert_true(gs_comparison_over(&ui->comparison));
}

static struct gs_ui *open_place(struct ui_case *c, const struct place *place)
{
    *c = (struct ui_case){.stage = {.make = place->asks ? asked : told,
                                    .scenes = scenes,
                                    .scene_count = 2,
                                    .decision = fake_questions()},
                          .choose = place->choose,
                          .presents = place->presents};
    struct gs_ui *ui = ui_case_open(c, 120, 30);
    bool pauses = place->asks || place->presents;
    for (int i = 0; i < 2000 && pauses && !ui->look.run.playback.paused; i++)
        ui_case_frames(ui, 1, FAKE_MS(4));
    if (!place->choose && !pauses)
        ui_case_play(ui);
    if (place->compares)
        compare_two(ui);
    gs_ui_draw(ui);
    ui_case_press(ui, place->opens);
    return ui;
}

/* What a key needs is drawn before the next one comes, as on a screen. */
static void press_each(struct gs_ui *ui, const char *keys)
{
    for (; *keys; keys++) {
        ui_case_press(ui, (char[]){*keys, '\0'});
        gs_ui_draw(ui);
    }
}

static bool shows(struct gs_ui *ui, const char *text)
{
    return text && ui_case_shows(ui, text);
}

/* One key, from a fresh start. */
static void try(const struct place *place, const struct act *act, const char *key)
{
    struct ui_case c;
    struct gs_ui *ui = open_place(&c, place);
    press_each(ui, act->before);
    bool to_do = !shows(ui, act->shows) && (!act->ends || shows(ui, act->ends));
    ui_case_press(ui, bytes_of(key));
    bool done = (!act->shows || shows(ui, act->shows)) && !shows(ui, act->ends);
    if (!to_do || !done) {
        ui_case_print(ui);
        fail_msg("after \"%s\", %s %s", act->before, key,
                 to_do ? "does something else" : "finds its work done");
    }
    ui_case_close(&c);
}

static void try_line(const struct place *place, const struct gs_key_line *line)
{
    bool told_of = line->action == GS_ACTION_QUIT;
    for (size_t i = 0; i < place->count; i++) {
        if (place->acts[i].action != line->action)
            continue;
        told_of = true;
        char keys[64];
        snprintf(keys, sizeof keys, "%s", line->keys);
        for (char *rest = keys, *key; (key = strtok_r(rest, " ", &rest));)
            try(place, &place->acts[i], key);
    }
    if (!told_of)
        fail_msg("nothing here says what %s does", line->keys);
}

static void every_key_does_what_it_says(void **state)
{
    (void)state;
    size_t count;
    const struct gs_key_line *lines = gs_keys_lines(&count);
    for (size_t p = 0; p < sizeof places / sizeof *places; p++)
        for (size_t i = 0; i < count; i++)
            if (lines[i].action != GS_ACTION_NONE && lines[i].views & 1u << places[p].view)
                try_line(&places[p], &lines[i]);
}

static void q_quits_from_everywhere(void **state)
{
    (void)state;
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        struct ui_case c;
        struct gs_ui *ui = open_place(&c, &places[p]);
        assert_false(ui->quit);
        ui_case_press(ui, "q");
        assert_true(ui->quit);
        ui_case_close(&c);
    }
}

static const struct place *place_of(enum gs_view view)
{
    size_t p = 0;
    while (places[p].view != view)
        p++;
    return &places[p];
}

/* Each key of the lanes does something there, or is told to do nothing. */
static void expect_words(enum gs_view view, const char *words)
{
    struct ui_case c;
    struct gs_ui *ui = open_place(&c, place_of(view));
    unsigned told_of = 0;
    for (const char *key = "s b e P T Z * o / u m n p w r a"; *key; key++) {
        if (gs_keys_action(GS_VIEW_LANES, (unsigned char)*key) == GS_ACTION_NONE ||
            gs_keys_action(view, (unsigned char)*key) != GS_ACTION_NONE)
            continue;
        ui_case_press(ui, (char[]){*key, '\0'});
        ui_case_expect(ui, words);
        told_of++;
    }
    assert_in_range(told_of, 10, 20);
    ui_case_press(ui, "\033"); /* the answer goes with the next key */
    assert_false(ui_case_shows(ui, words));
    ui_case_close(&c);
}

static void a_key_that_is_dead_here_says_so(void **state)
{
    (void)state;
    expect_words(GS_VIEW_COMPARE, "Not while runs are compared.");
    expect_words(GS_VIEW_PRESENT, "Esc leaves the presentation, then this key works;");
}

/* … and its help has none of them; back it leads to where it was opened. */
static void help_has_the_keys_of_where_it_is_opened(void **state)
{
    (void)state;
    static const struct {
        enum gs_view view;
        const char *has, *lacks, *back;
    } helps[] = {
        {GS_VIEW_COMPARE, "the next run, with the lane", "pin the selected lane", "▸ A  "},
        {GS_VIEW_PRESENT, "to the next mark or question", "Moving the cursor", "▲ a third"},
        {GS_VIEW_QUESTION, "the answer of that number", NULL, "▸ 1 one"},
        {GS_VIEW_LANES, "pin the selected lane", NULL, "■ ended"},
    };
    for (size_t i = 0; i < sizeof helps / sizeof *helps; i++) {
        struct ui_case c;
        struct gs_ui *ui = open_place(&c, place_of(helps[i].view));
        gs_ui_resize(ui, 120, 130);
        ui_case_press(ui, "?");
        ui_case_expect(ui, helps[i].has);
        assert_false(shows(ui, helps[i].lacks));
        ui_case_press(ui, "\033");
        ui_case_expect(ui, helps[i].back);
        ui_case_close(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_does_what_it_says),
        cmocka_unit_test(q_quits_from_everywhere),
        cmocka_unit_test(a_key_that_is_dead_here_says_so),
        cmocka_unit_test(help_has_the_keys_of_where_it_is_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
