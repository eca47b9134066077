/* What a thread waits for, as the program knows it: its own locks, and what of the library's it is
 * in the middle of. */
#include "python/sync/objects.h"
#include "support/inside.h"
#include "support/inside_python.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char path[] = "/tmp/gs_objects_XXXXXX";

static const char source[] = "import queue, threading\n"
                             "books = threading.Lock()\n"
                             "jobs = queue.Queue()\n"
                             "ready = threading.Event()\n"
                             "with books:\n"
                             "jobs.get()\n"
                             "jobs.put(1)\n"
                             "helper.start()\n";

#define LIBRARY "/usr/lib/python3.13/"
static const char threading[] = LIBRARY "threading.py", queue[] = LIBRARY "queue.py";

/* The program's own frame, on that line of the source. */
static gs_py *on_line(int line)
{
    return inside_frame(inside_code(path, "<module>", line), 0, NULL, NULL);
}

static gs_py *method(const char *file, const char *name, gs_py *self, gs_py *caller)
{
    return inside_frame(inside_code(file, name, 100), 0, self, caller);
}

static void at(gs_py *frame)
{
    gs_watched_self->python = inside_thread(frame);
}

static void expect_object(uint32_t object, enum gs_object_kind kind, const char *name,
                          uint32_t line)
{
    const struct gs_tables *tables = inside_tables();
    const struct gs_object_row *row = tables->object(tables, object);
    assert_non_null(row);
    assert_int_equal(row->kind, kind);
    assert_string_equal(tables->string(tables, row->name), name);
    assert_int_equal(row->line, line);
}

static uint32_t waits(struct gs_watched_lock *lock)
{
    static sem_t s;
    return gs_objects_waited(gs_watched_self, &s, lock);
}

static void a_lock_of_the_programs_own(void **state)
{
    (void)state;
    struct gs_watched_lock lock = {.kind = GS_OBJECT_NONE};
    at(on_line(2));
    gs_objects_made(gs_watched_self, &lock, GS_OBJECT_LOCK);
    assert_int_equal(lock.kind, GS_OBJECT_LOCK);
    at(on_line(5));
    uint32_t object = waits(&lock);
    expect_object(object, GS_OBJECT_LOCK, "books", 2);
    assert_int_equal(waits(&lock), object);
    assert_int_equal(gs_objects_lock(&lock), object);
}

/* Where it was made says no name, and the line that waits does. */
static void a_lock_is_called_by_who_waits_for_it(void **state)
{
    (void)state;
    struct gs_watched_lock lock = {.kind = GS_OBJECT_LOCK, .made = 1};
    at(on_line(5));
    expect_object(waits(&lock), GS_OBJECT_LOCK, "books", 1);
    struct gs_watched_lock nameless = {.kind = GS_OBJECT_RLOCK};
    at(on_line(1));
    expect_object(waits(&nameless), GS_OBJECT_RLOCK, "RLock 1", 0);
}

/* A condition's lock is the program's; what a condition makes for a wait is nobody's. */
static void what_the_library_makes(void **state)
{
    (void)state;
    gs_py *condition = inside_object(inside_type("Condition", NULL));
    struct gs_watched_lock own = {.kind = GS_OBJECT_NONE}, inner = own, of_queue = own;
    at(method(threading, "__init__", condition, on_line(2)));
    gs_objects_made(gs_watched_self, &own, GS_OBJECT_LOCK);
    assert_int_equal(own.kind, GS_OBJECT_LOCK);
    at(method(threading, "wait", condition, on_line(2)));
    gs_objects_made(gs_watched_self, &inner, GS_OBJECT_LOCK);
    assert_int_equal(inner.kind, GS_OBJECT_NONE);
    gs_py *jobs = inside_object(inside_type("Queue", NULL));
    at(method(queue, "__init__", jobs, on_line(3)));
    gs_objects_made(gs_watched_self, &of_queue, GS_OBJECT_LOCK);
    assert_int_equal(of_queue.kind, GS_OBJECT_NONE);
}

/* Waits in a condition's lock, inside the queue's method, inside the program. */
static void a_queue_is_what_its_get_waits_for(void **state)
{
    (void)state;
    gs_py *derived = inside_type("LifoQueue", inside_type("Queue", NULL));
    gs_py *jobs = inside_object(derived),
          *condition = inside_object(inside_type("Condition", NULL));
    struct gs_watched_lock of_queue = {.kind = GS_OBJECT_NONE}, of_wait = of_queue;
    at(method(queue, "__init__", jobs, on_line(3)));
    gs_objects_made(gs_watched_self, &of_queue, GS_OBJECT_LOCK);
    at(method(threading, "wait", condition, method(queue, "get", jobs, on_line(6))));
    uint32_t items = waits(&of_wait);
    expect_object(items, GS_OBJECT_QUEUE, "jobs", 3);
    at(method(threading, "wait", condition, method(queue, "put", jobs, on_line(7))));
    uint32_t room = waits(&of_wait);
    expect_object(room, GS_OBJECT_ROOM, "jobs", 3);
    assert_int_equal(inside_tables()->object(inside_tables(), room)->whole, items);
    at(method(queue, "join", jobs, on_line(7)));
    expect_object(waits(&of_wait), GS_OBJECT_TASKS, "jobs", 3);

    /* Another one at the same address. */
    at(method(queue, "__init__", jobs, on_line(1)));
    gs_objects_made(gs_watched_self, &of_queue, GS_OBJECT_LOCK);
    at(method(queue, "get", jobs, on_line(6)));
    assert_int_not_equal(waits(&of_wait), items);
}

/* What called the function that has forked the process is the parent's story, on a way that is
 * known as well. */
static void a_forked_process_is_on_no_line_of_its_parents(void **state)
{
    (void)state;
    gs_py *jobs = inside_object(inside_type("Queue", NULL)),
          *other = inside_object(gs_object_type(jobs));
    gs_py *fork = method(LIBRARY "os.py", "fork", NULL, on_line(6)),
          *get = inside_code(queue, "get", 100);
    struct gs_watched_lock of_wait = {.kind = GS_OBJECT_NONE};
    at(inside_frame(get, 0, jobs, fork));
    expect_object(waits(&of_wait), GS_OBJECT_QUEUE, "jobs", 6);
    gs_watch.forked_in = fork;
    at(inside_frame(get, 0, other, fork));
    uint32_t object = waits(&of_wait);
    gs_watch.forked_in = NULL;
    expect_object(object, GS_OBJECT_QUEUE, "Queue 1", 0);
}

static void a_thread_is_what_its_join_waits_for(void **state)
{
    (void)state;
    gs_py *thread = inside_object(inside_type("Thread", NULL));
    struct gs_watched *watched = gs_watched_new(gs_watch_string("helper", 6), 0, 0, 0);
    struct gs_watched_lock lock = {.kind = GS_OBJECT_NONE};
    gs_objects_name_thread(thread, "helper", watched);
    at(method(threading, "join", thread, on_line(8)));
    uint32_t end = waits(&lock);
    expect_object(end, GS_OBJECT_THREAD, "helper", 0);
    assert_int_equal(end, watched->end);
    /* Inside its own run it waits for something else. */
    gs_py *event = inside_object(inside_type("Event", NULL));
    at(method(threading, "wait", event, method(threading, "run", thread, NULL)));
    expect_object(waits(&lock), GS_OBJECT_EVENT, "Event 1", 0);
}

static void a_forked_process_has_objects_of_its_own(void **state)
{
    (void)state;
    gs_py *event = inside_object(inside_type("Event", NULL));
    struct gs_watched_lock lock = {.kind = GS_OBJECT_NONE};
    at(method(threading, "__init__", event, on_line(4)));
    gs_objects_made(gs_watched_self, &lock, GS_OBJECT_LOCK);
    at(method(threading, "wait", event, on_line(4)));
    uint32_t parents = waits(&lock);
    gs_objects_forget();
    uint32_t own = waits(&lock);
    assert_int_not_equal(own, parents);
    expect_object(own, GS_OBJECT_EVENT, "ready", 4);
}

static int begin(void **state)
{
    (void)state;
    inside_open();
    inside_python_open();
    return 0;
}

static int end(void **state)
{
    (void)state;
    gs_watched_self->python = NULL;
    inside_close();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lock_of_the_programs_own),
        cmocka_unit_test(a_lock_is_called_by_who_waits_for_it),
        cmocka_unit_test(what_the_library_makes),
        cmocka_unit_test(a_queue_is_what_its_get_waits_for),
        cmocka_unit_test(a_forked_process_is_on_no_line_of_its_parents),
        cmocka_unit_test(a_thread_is_what_its_join_waits_for),
        cmocka_unit_test(a_forked_process_has_objects_of_its_own),
    };
    int fd = mkstemp(path);
    if (fd < 0 || write(fd, source, sizeof source - 1) < 0)
        return 1;
    close(fd);
    int failed = cmocka_run_group_tests(tests, begin, end);
    unlink(path);
    return failed;
}
