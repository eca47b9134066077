/* A question of the program's as readers get it, also of a trace that tells nonsense. */
#include "support/fake_trace.h"

#include "timeline/question.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct gs_event ask(struct fake_trace *f, const char *text, uint8_t right)
{
    uint32_t string = text ? gs_segment_add_string(f->segment, text, strlen(text)) : 0;
    return (struct gs_event){.kind = GS_EVENT_ASK, .a = string, .flags = right};
}

static void a_question_has_its_answers(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    struct gs_question q;
    struct gs_event e = ask(f, "Which?\none\ntwo\nthree", 2);
    char said[256];
    gs_question_read(&q, f->tables, &e);
    assert_string_equal(q.text, "Which?");
    assert_int_equal(q.count, 3);
    assert_string_equal(q.answers[2], "three");
    assert_int_equal(q.right, 1);
    assert_string_equal(gs_question_said(said, sizeof said, f->tables, &e),
                        "Which? (one, two or three) Answer: two");
    fake_close(f);
}

static void nonsense_has_no_right_answer(void **state)
{
    (void)state;
    struct fake_trace *f = fake_open();
    struct gs_question q;
    struct gs_event e = ask(f, "Which?\none\ntwo", 9);
    char said[256];
    gs_question_read(&q, f->tables, &e);
    assert_int_equal(q.right, q.count);
    assert_string_equal(gs_question_said(said, sizeof said, f->tables, &e), "Which? (one or two)");
    e = ask(f, "\033[2J\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11", 10);
    gs_question_read(&q, f->tables, &e);
    assert_string_equal(q.text, "^[[2J");
    assert_int_equal(q.count, GS_ANSWERS_MOST);
    assert_int_equal(q.right, q.count);
    e = ask(f, "alone", 1);
    gs_question_read(&q, f->tables, &e);
    assert_int_equal(q.count, 0);
    assert_int_equal(q.right, 0);
    e = ask(f, NULL, 1);
    assert_string_equal(gs_question_said(said, sizeof said, f->tables, &e),
                        "(text that the trace had no room for)");
    e = ask(f, "Which?\none\ntwo", 1);
    assert_string_equal(gs_question_said(said, 12, f->tables, &e), "Which? (one");
    fake_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_has_its_answers),
        cmocka_unit_test(nonsense_has_no_right_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
