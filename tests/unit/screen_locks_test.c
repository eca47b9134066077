/* Locks have lanes: which of them, whose they are when, what the keys do there. */
#include "support/ui_case.h"
#include "tui/look/cursor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* "a" has the journal from 10 to 40 ms, for which "b" waits from 20 on, and which it has to 60.
 * Beside it there are one that nobody waits for, and one of the library's. */
static struct fake_trace *journal(void)
{
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "process 1");
    uint32_t gil = fake_interpreter(f, process, "main", true);
    uint32_t a = fake_thread(f, gil, "a"), b = fake_thread(f, gil, "b");
    uint32_t lock = fake_lock(f, "journal", 7), calm = fake_lock(f, "calm", 8);
    uint32_t inside = fake_lock(f, "inside", 0);
    fake_born(f, process, 0, 0);
    fake_born(f, gil, 0, process);
    fake_born(f, a, 0, 0);
    fake_born(f, b, 0, 0);
    fake_state(f, a, 0, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    fake_state(f, b, 0, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    fake_acquire(f, a, FAKE_MS(1), calm, 1, 0);
    fake_acquire(f, a, FAKE_MS(10), lock, 3, 0);
    fake_state(f, b, FAKE_MS(20), GS_STATE_WAITING, lock, 5, GS_CAUSE_NONE);
    fake_release(f, a, FAKE_MS(40), lock, 4, 0);
    fake_acquire(f, b, FAKE_MS(40), lock, 5, 0);
    fake_state(f, b, FAKE_MS(40), GS_STATE_SLEEPING, 0, 6, a);
    fake_release(f, b, FAKE_MS(60), lock, 6, 0);
    fake_acquire(f, a, FAKE_MS(70), inside, 1, 0);
    fake_state(f, b, FAKE_MS(80), GS_STATE_WAITING, inside, 5, GS_CAUSE_NONE);
    fake_end(f, FAKE_MS(100), 0);
    return f;
}

/* Ten threads, the first of which has five locks, each waited for by the second. */
static struct fake_trace *five_locks(void)
{
    struct fake_trace *f = fake_open();
    uint32_t process = fake_process(f, "process 1");
    uint32_t gil = fake_interpreter(f, process, "main", true), first = 0;
    char name[32];
    fake_born(f, process, 0, 0);
    fake_born(f, gil, 0, process);
    for (unsigned i = 0; i < 10; i++) {
        snprintf(name, sizeof name, "thread %u", i);
        uint32_t t = fake_thread(f, gil, name);
        first = first ? first : t;
        fake_born(f, t, 0, 0);
        fake_state(f, t, 0, GS_STATE_SLEEPING, 0, 1, GS_CAUSE_NONE);
    }
    for (unsigned i = 0; i < 5; i++) {
        snprintf(name, sizeof name, "key %c", 'a' + (char)i);
        uint32_t lock = fake_lock(f, name, 1);
        fake_acquire(f, first, FAKE_MS(i), lock, 1, 0);
        fake_state(f, first + 1, FAKE_MS(i), GS_STATE_WAITING, lock, 2, GS_CAUSE_NONE);
    }
    fake_end(f, FAKE_MS(10), 0);
    return f;
}

static void a_lock_that_was_waited_for_has_a_lane(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = journal}};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    ui_case_expect(ui, "  journal");
    assert_false(ui_case_shows(ui, "  calm"));
    assert_false(ui_case_shows(ui, "  inside"));
    ui_case_press(ui, "j");
    ui_case_expect(ui, "Nobody holds journal: b let go of it 40.0 ms ago.");
    ui_case_press(ui, "<");
    ui_case_expect(ui, "▲ 0.040000 s");
    ui_case_close(&c);
}

static void the_keys_go_along_a_lock(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = journal}};
    struct gs_ui *ui = ui_case_open(&c, 80, 24);
    ui_case_play(ui);
    ui_case_press(ui, "g");
    gs_ui_draw(ui);
    ui_case_press(ui, "j");
    ui_case_expect(ui, "Nobody has held journal yet.");
    ui_case_press(ui, "\r");
    ui_case_expect(ui, "Nobody holds it here.");
    ui_case_press(ui, ".");
    ui_case_expect(ui, "▲ 0.010000 s");
    gs_cursor_set(&ui->look, FAKE_MS(30));
    ui_case_expect(ui, "a has held journal for 20.0 ms (line 3) and sleeps");
    ui_case_expect(ui, "b waits for it.");
    ui_case_press(ui, "\r");
    ui_case_expect(ui, "a has been sleeping for 10.0 ms");
    ui_case_press(ui, "\177");
    ui_case_expect(ui, "a has held journal for 20.0 ms");
    ui_case_press(ui, ">");
    ui_case_expect(ui, "Nobody waits for it.");
    ui_case_close(&c);
}

/* Four are enough of what stands above the threads, and where these need the rows, none is. */
static void locks_give_way_to_threads(void **state)
{
    (void)state;
    struct ui_case c = {.stage = {.make = five_locks}};
    struct gs_ui *ui = ui_case_open(&c, 80, 50);
    ui_case_play(ui);
    ui_case_expect(ui, "  key d");
    assert_false(ui_case_shows(ui, "  key e"));
    ui_case_expect(ui, "1 lock folded");
    gs_ui_resize(ui, 80, 20);
    ui_case_expect(ui, "5 locks folded");
    ui_case_expect(ui, "  thread 9");
    ui_case_press(ui, "kz");
    ui_case_expect(ui, "  key e");
    ui_case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lock_that_was_waited_for_has_a_lane),
        cmocka_unit_test(the_keys_go_along_a_lock),
        cmocka_unit_test(locks_give_way_to_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
