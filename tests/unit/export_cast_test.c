/* Films of a run: what a terminal (libvterm) shows of one at an instant is the picture that was
 * drawn for it, cell by cell; when its events are; and how its pace follows from what was asked. */
#include "export/cast/frame.h"
#include "export/cast/strokes.h"
#include "export/export.h"
#include "support/fake_trace.h"

#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <vterm.h>

#include <cmocka.h>

struct event {
    double at; /* seconds from the beginning */
    char code;
    char *data;
};

struct film {
    json_t *header;
    GS_VEC(struct event) events;
};

static struct gs_export_source source_of(const struct gs_timeline *timeline)
{
    return (struct gs_export_source){.timeline = timeline,
                                     .name = "gil/fight",
                                     .title = "Two threads, one GIL",
                                     .clock = GS_CLOCK_VIRTUAL,
                                     .gil = GS_GIL_312,
                                     .cores = 2};
}

static void read_event(struct film *film, const char *line, double *before)
{
    json_t *event = json_loads(line, 0, NULL);
    assert_int_equal(json_array_size(event), 3);
    double told = json_real_value(json_array_get(event, 0));
    bool relative = json_integer_value(json_object_get(film->header, "version")) == 3;
    double at = relative ? *before + told : told;
    assert_true(at >= *before);
    *before = at;
    gs_vec_push(&film->events,
                ((struct event){at, json_string_value(json_array_get(event, 1))[0],
                                strdup(json_string_value(json_array_get(event, 2)))}));
    json_decref(event);
}

static struct film film_of(const struct gs_export_source *source)
{
    struct film film = {0};
    struct gs_error err;
    char *text = NULL, *rest = NULL;
    size_t size = 0;
    double before = 0;
    FILE *out = open_memstream(&text, &size);
    assert_true(gs_exporter_find("cast")->write(out, source, &err));
    fclose(out);
    film.header = json_loads(strtok_r(text, "\n", &rest), 0, NULL);
    assert_non_null(film.header);
    for (char *line; (line = strtok_r(NULL, "\n", &rest));)
        read_event(&film, line, &before);
    free(text);
    return film;
}

static void film_free(struct film *film)
{
    for (size_t i = 0; i < film->events.count; i++)
        free(film->events.items[i].data);
    gs_vec_free(&film->events);
    json_decref(film->header);
}

/* The terminal, with all that it was told up to a second of the film. */
static VTerm *terminal(const struct film *film, int width, int height, double until)
{
    VTerm *vt = vterm_new(height, width);
    vterm_set_utf8(vt, 1);
    vterm_screen_reset(vterm_obtain_screen(vt), 1);
    for (size_t i = 0; i < film->events.count; i++)
        if (film->events.items[i].code == 'o' && film->events.items[i].at <= until)
            vterm_input_write(vt, film->events.items[i].data, strlen(film->events.items[i].data));
    return vt;
}

static void glyph_of(const VTermScreenCell *cell, char *glyph)
{
    size_t used = 0;
    for (size_t i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++) {
        uint32_t c = cell->chars[i];
        if (c < 0x80)
            glyph[used++] = (char)c;
        else if (c < 0x800)
            glyph[used++] = (char)(0xc0 | c >> 6);
        else
            glyph[used++] = (char)(0xe0 | c >> 12), glyph[used++] = (char)(0x80 | (c >> 6 & 0x3f));
        if (c >= 0x80)
            glyph[used++] = (char)(0x80 | (c & 0x3f));
    }
    if (!used)
        glyph[used++] = ' ';
    glyph[used] = '\0';
}

/* Every cell: its glyph, and whether it is bold and reversed. */
static void assert_shows(VTerm *vt, const struct gs_canvas *canvas)
{
    for (int y = 0; y < canvas->height; y++)
        for (int x = 0; x < canvas->width; x++) {
            const struct gs_cell *wanted = gs_canvas_cell(canvas, x, y);
            VTermScreenCell cell;
            char glyph[64];
            vterm_screen_get_cell(vterm_obtain_screen(vt), (VTermPos){.row = y, .col = x}, &cell);
            glyph_of(&cell, glyph);
            if (*wanted->glyph && strcmp(glyph, wanted->glyph) != 0)
                fail_msg("%d, %d: '%s' instead of '%s'", x, y, glyph, wanted->glyph);
            if (strcmp(wanted->glyph, " ") != 0 && wanted->style & GS_STYLE_REVERSE)
                assert_true(cell.attrs.reverse);
        }
    vterm_free(vt);
}

static void the_terminal_shows_each_picture(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    fake_end(x.trace, FAKE_MS(60), 0);
    struct gs_export_source source = source_of(x.trace->timeline);
    source.film.scene_speed = 0.01;
    struct film film = film_of(&source);
    struct gs_film_set set;
    struct gs_canvas canvas;
    gs_film_init(&set, &source);
    gs_canvas_init(&canvas, set.width, set.height, false);
    canvas.two = true;
    for (int frame = 0; frame < 180; frame += 7) {
        gs_canvas_clear(&canvas);
        gs_film_draw(&set, &canvas, frame * 1e9 / 30);
        assert_shows(terminal(&film, set.width, set.height, frame / 30.0 + 0.001), &canvas);
    }
    gs_canvas_clear(&canvas);
    gs_film_draw_last(&set, &canvas);
    assert_shows(terminal(&film, set.width, set.height, INFINITY), &canvas);
    gs_canvas_destroy(&canvas);
    gs_film_free(&set);
    film_free(&film);
    fake_close(x.trace);
}

/* At most thirty a second, and none that says nothing; the last picture stands for three seconds.
 */
static void events_come_when_something_changes(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_export_source source = source_of(x.trace->timeline);
    source.film.speed = 0.01;
    struct film film = film_of(&source);
    const struct event *events = film.events.items;
    size_t count = film.events.count;
    for (size_t i = 0; i < count; i++) {
        assert_int_not_equal(events[i].data[0], '\0');
        if (i > 0 && i + 2 < count)
            assert_true(events[i].at - events[i - 1].at > 0.0333);
    }
    assert_true(fabs(events[count - 2].at - 6.0) < 0.001);
    assert_true(fabs(events[count - 1].at - 9.0) < 0.001);
    film_free(&film);
    fake_close(x.trace);
}

static void version_3_tells_the_same(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    fake_text(x.trace, x.main, FAKE_MS(60), GS_EVENT_MARK, "now", 3);
    struct gs_export_source source = source_of(x.trace->timeline);
    source.film.speed = 0.01;
    struct film two = film_of(&source);
    source.film.version = 3;
    struct film three = film_of(&source);
    json_t *term = json_object_get(three.header, "term");
    assert_int_equal(json_integer_value(json_object_get(two.header, "version")), 2);
    assert_int_equal(json_integer_value(json_object_get(two.header, "width")), 80);
    assert_int_equal(json_integer_value(json_object_get(term, "cols")), 80);
    assert_int_equal(json_integer_value(json_object_get(term, "rows")),
                     json_integer_value(json_object_get(two.header, "height")));
    assert_string_equal(json_string_value(json_object_get(three.header, "title")),
                        "gil/fight · Two threads, one GIL");
    assert_int_equal(two.events.count, three.events.count);
    for (size_t i = 0; i < two.events.count; i++) {
        assert_true(fabs(two.events.items[i].at - three.events.items[i].at) < 1e-6);
        assert_int_equal(two.events.items[i].code, three.events.items[i].code);
        assert_string_equal(two.events.items[i].data, three.events.items[i].data);
    }
    film_free(&two);
    film_free(&three);
    fake_close(x.trace);
}

/* A thread that runs for 20 ms, sleeps for a second, in the middle of which a phase of that speed
 * begins, and runs for 20 ms again. */
static struct fake_trace *sleeper(uint32_t millionths)
{
    struct fake_trace *f = fake_open();
    uint32_t gil = fake_interpreter(f, fake_process(f, "process 1"), "main interpreter", true);
    uint32_t t = fake_thread(f, gil, "Thread-1");
    fake_born(f, t, 0, 0);
    fake_take(f, t, 0, gil, 1);
    fake_state(f, t, 0, GS_STATE_RUNNING, 0, 1, GS_CAUSE_NONE);
    fake_drop(f, t, FAKE_MS(20), gil, GS_DROP_BLOCKING, 2);
    fake_state(f, t, FAKE_MS(20), GS_STATE_SLEEPING, 0, 2, GS_CAUSE_NONE);
    if (millionths)
        fake_event(f, (struct gs_event){.time = FAKE_MS(520),
                                        .actor = t,
                                        .kind = GS_EVENT_PHASE,
                                        .a = gs_segment_add_string(f->segment, "quick", 5),
                                        .b = gs_event_pack(2, millionths)});
    fake_take(f, t, FAKE_MS(1020), gil, 3);
    fake_state(f, t, FAKE_MS(1020), GS_STATE_RUNNING, 0, 3, GS_CAUSE_CLOCK);
    fake_text(f, t, FAKE_MS(1020), GS_EVENT_MARK, "Who is next?", 3);
    fake_text(f, t, FAKE_MS(1021), GS_EVENT_NOTE, "no marker", 3);
    fake_end(f, FAKE_MS(1040), 0);
    return f;
}

static void marks_are_markers(void **state)
{
    (void)state;
    struct fake_trace *f = sleeper(0);
    struct gs_export_source source = source_of(f->timeline);
    source.film.speed = 0.51;
    struct film film = film_of(&source);
    unsigned markers = 0;
    for (size_t i = 0; i < film.events.count; i++) {
        if (film.events.items[i].code != 'm')
            continue;
        markers++;
        assert_string_equal(film.events.items[i].data, "Who is next?");
        assert_true(fabs(film.events.items[i].at - 2.0) < 1e-6);
    }
    assert_int_equal(markers, 1);
    film_free(&film);
    fake_close(f);
}

static double length_of(const struct gs_export_source *source)
{
    struct gs_film_pace pace;
    gs_film_pace_take(&pace, source, 0, gs_timeline_end(source->timeline));
    double length = pace.length;
    gs_film_pace_free(&pace);
    return length / 1e9;
}

static void nobody_waits_longer_than_the_limit(void **state)
{
    (void)state;
    struct fake_trace *f = sleeper(0);
    struct gs_export_source source = source_of(f->timeline);
    source.film.speed = 0.1;
    assert_true(fabs(length_of(&source) - 10.4) < 1e-6);
    source.film.idle_limit = 500000000;
    assert_true(fabs(length_of(&source) - 0.9) < 1e-6);
    source.film.idle_limit = 20000000000u;
    assert_true(fabs(length_of(&source) - 10.4) < 1e-6);
    fake_close(f);
}

static void speeds_are_the_scenes_unless_asked_for(void **state)
{
    (void)state;
    struct fake_trace *f = sleeper(0);
    struct gs_export_source source = source_of(f->timeline);
    assert_true(fabs(length_of(&source) - 20.8) < 1e-6); /* what fits: 0.05 */
    source.film.scene_speed = 0.5;
    assert_true(fabs(length_of(&source) - 2.08) < 1e-6);
    source.clock = GS_CLOCK_REAL;
    assert_true(fabs(length_of(&source) - 20.8) < 1e-6);
    source.film.speed = 2;
    assert_true(fabs(length_of(&source) - 0.52) < 1e-6);
    fake_close(f);
}

static void a_phase_has_its_own_speed(void **state)
{
    (void)state;
    struct fake_trace *f = sleeper(500000);
    struct gs_export_source source = source_of(f->timeline);
    source.film.scene_speed = 0.1;
    assert_true(fabs(length_of(&source) - (5.2 + 1.04)) < 1e-6);
    source.film.speed = 0.1;
    assert_true(fabs(length_of(&source) - 10.4) < 1e-6);
    fake_close(f);
}

static void wide_characters_are_drawn_whole(void **state)
{
    (void)state;
    struct gs_canvas shown, next;
    char *text = NULL;
    size_t size = 0;
    gs_canvas_init(&shown, 8, 1, false);
    gs_canvas_init(&next, 8, 1, false);
    gs_canvas_text(&shown, 0, 0, 8, GS_ROLE_TEXT, 0, "a人b");
    gs_canvas_text(&next, 0, 0, 8, GS_ROLE_TEXT, 0, "a国b");
    FILE *out = open_memstream(&text, &size);
    gs_strokes_write(out, &shown, &next, true);
    gs_strokes_write(out, &shown, &next, true);
    fclose(out);
    assert_string_equal(text, "\033[1;2H国");
    free(text);
    gs_canvas_destroy(&shown);
    gs_canvas_destroy(&next);
}

static void without_colours_there_are_none(void **state)
{
    (void)state;
    struct fake_fight x = fake_gil_fight();
    struct gs_export_source source = source_of(x.trace->timeline);
    source.film.speed = 0.01;
    source.film.plain = true;
    struct film film = film_of(&source);
    for (size_t i = 0; i < film.events.count; i++)
        assert_null(strstr(film.events.items[i].data, "38;5;"));
    film_free(&film);
    fake_close(x.trace);
}

static void a_film_of_days_is_refused(void **state)
{
    (void)state;
    struct fake_trace *f = sleeper(0);
    struct gs_export_source source = source_of(f->timeline);
    struct gs_error err;
    source.film.speed = 1e-6;
    assert_false(gs_exporter_find("cast")->write(stderr, &source, &err));
    assert_non_null(strstr(err.text, "the film would last for 289 hours"));
    fake_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_terminal_shows_each_picture),
        cmocka_unit_test(events_come_when_something_changes),
        cmocka_unit_test(version_3_tells_the_same),
        cmocka_unit_test(marks_are_markers),
        cmocka_unit_test(nobody_waits_longer_than_the_limit),
        cmocka_unit_test(speeds_are_the_scenes_unless_asked_for),
        cmocka_unit_test(a_phase_has_its_own_speed),
        cmocka_unit_test(wide_characters_are_drawn_whole),
        cmocka_unit_test(without_colours_there_are_none),
        cmocka_unit_test(a_film_of_days_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
