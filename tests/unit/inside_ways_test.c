/* The ways from the program's line into the library: what is known of one is good for that one
 * alone. */
#include "python/cpython/ways.h"
#include "support/inside.h"
#include "support/inside_python.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define LIBRARY "/usr/lib/python3.13/"
static const char own[] = "/home/me/shop.py", threading[] = LIBRARY "threading.py",
                  queue[] = LIBRARY "queue.py";

static struct gs_frame frames[GS_WAY_STEPS];

static struct gs_way *way_of(gs_py *frame)
{
    return gs_way_of(inside_thread(frame), frames);
}

/* What is found out about it is kept, … */
static void learn(gs_py *frame)
{
    struct gs_way *way = way_of(frame);
    assert_non_null(way);
    way->placed = true;
}

/* … and is there the next time. */
static void expect(gs_py *frame, bool known)
{
    const struct gs_way *way = way_of(frame);
    assert_non_null(way);
    assert_int_equal(way->placed, known);
}

static void the_same_way_is_known(void **state)
{
    (void)state;
    gs_py *line = inside_code(own, "serve", 10), *get = inside_code(queue, "get", 100),
          *wait = inside_code(threading, "wait", 300);
    gs_py *jobs = inside_object(inside_type("Queue", NULL)),
          *condition = inside_object(inside_type("Condition", NULL));
    gs_py *there = inside_frame(wait, 8, condition,
                                inside_frame(get, 16, jobs, inside_frame(line, 4, NULL, NULL)));
    learn(there);
    expect(there, true);
    assert_int_equal(way_of(there)->steps, 3);
    for (unsigned i = 0; i < 3; i++)
        assert_ptr_equal(frames[i].code, i == 0 ? wait : i == 1 ? get : line);
    /* Other objects of these types go the same way, in frames of their own. */
    jobs = inside_object(gs_object_type(jobs));
    expect(inside_frame(wait, 8, condition,
                        inside_frame(get, 16, jobs, inside_frame(line, 4, NULL, NULL))),
           true);
}

static void another_way_is_not(void **state)
{
    (void)state;
    gs_py *line = inside_code(own, "serve", 10), *get = inside_code(queue, "get", 100);
    gs_py *type = inside_type("Queue", NULL), *jobs = inside_object(type);
    gs_py *caller = inside_frame(line, 4, NULL, NULL), *there = inside_frame(get, 16, jobs, caller);
    learn(there);
    expect(inside_frame(get, 16, jobs, inside_frame(line, 6, NULL, NULL)), false);
    learn(there);
    expect(inside_frame(get, 16, inside_object(inside_type("LifoQueue", type)), caller), false);
    learn(there);
    expect(inside_frame(get, 16, jobs, inside_frame(inside_code(own, "serve", 10), 4, NULL, NULL)),
           false);
    learn(there);
    expect(inside_frame(get, 18, jobs, caller), false);
    /* What the program's own function is called on does not matter: nothing says it. */
    learn(there);
    expect(inside_frame(get, 16, jobs, inside_frame(line, 4, inside_object(type), NULL)), true);
}

/* A thread that waits now in a get, now in a put. */
static void two_ways_to_one_place_are_known(void **state)
{
    (void)state;
    gs_py *line = inside_code(own, "serve", 10), *wait = inside_code(threading, "wait", 300);
    gs_py *caller = inside_frame(line, 4, NULL, NULL);
    gs_py *get = inside_frame(inside_code(queue, "get", 100), 16, NULL, caller),
          *put = inside_frame(inside_code(queue, "put", 200), 16, NULL, caller);
    learn(inside_frame(wait, 8, NULL, get));
    learn(inside_frame(wait, 8, NULL, put));
    expect(inside_frame(wait, 8, NULL, get), true);
    expect(inside_frame(wait, 8, NULL, put), true);
}

static void what_lies_where_code_was_is_not_known(void **state)
{
    (void)state;
    gs_py *line = inside_code(own, "serve", 10), *get = inside_code(queue, "get", 100);
    gs_py *there = inside_frame(get, 16, NULL, inside_frame(line, 4, NULL, NULL));
    learn(there);
    inside_code_becomes(line, "/home/me/other.py", "serve", 10);
    expect(there, false);
    learn(there);
    inside_file_becomes(line, "/home/me/again.py");
    expect(there, false);
    learn(there);
    inside_code_becomes(get, queue, "put", 100);
    expect(there, false);
}

static void a_way_leads_from_the_program_into_the_library(void **state)
{
    (void)state;
    gs_py *line = inside_code(own, "serve", 10), *get = inside_code(queue, "get", 100);
    gs_py *import = inside_code("<frozen importlib._bootstrap>", "_find_and_load", 1);
    gs_py *generated = inside_code("<string>", "<module>", 1);
    gs_py *caller = inside_frame(line, 4, NULL, NULL);
    assert_non_null(way_of(caller));
    assert_int_equal(way_of(caller)->steps, 1);
    assert_null(way_of(inside_frame(get, 0, NULL, NULL)));
    assert_null(way_of(inside_frame(get, 0, NULL, inside_frame(import, 0, NULL, caller))));
    assert_null(way_of(inside_frame(get, 0, NULL, inside_frame(generated, 0, NULL, caller))));
    assert_null(gs_way_of(NULL, frames));
}

static void a_long_one_is_not_kept(void **state)
{
    (void)state;
    gs_py *get = inside_code(queue, "get", 100),
          *frame = inside_frame(inside_code(own, "serve", 10), 4, NULL, NULL);
    for (int i = 1; i < GS_WAY_STEPS; i++)
        frame = inside_frame(get, 2 * i, NULL, frame);
    assert_non_null(way_of(frame));
    assert_null(way_of(inside_frame(get, 0, NULL, frame)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_way_is_known),
        cmocka_unit_test(another_way_is_not),
        cmocka_unit_test(two_ways_to_one_place_are_known),
        cmocka_unit_test(what_lies_where_code_was_is_not_known),
        cmocka_unit_test(a_way_leads_from_the_program_into_the_library),
        cmocka_unit_test(a_long_one_is_not_kept),
    };
    inside_python_open();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
