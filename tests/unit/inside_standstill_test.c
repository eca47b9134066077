/* Nobody goes on: found after a second from outside, told once, and the end where it is for ever.
 * Each test runs in a process of its own, whose threads are all there are. */
#include "python/sync/standstill.h"

#include "base/sanitizers.h"
#include "cli/stage/lookout.h"
#include "python/watch/patience.h"
#include "support/inside.h"
#include "support/inside_python.h"

#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { FOUND = 1, GOES_ON = 7 };

#define STALL                                                                                      \
    "stall: nobody is left who could wake anybody. MainThread waits for somebody to set ready: "   \
    "nobody is left who could."

static sem_t lock;
static _Atomic uint32_t owner;

static uint32_t object_of(enum gs_object_kind kind, const char *name)
{
    struct gs_object_row row = {.kind = kind, .name = gs_watch_string(name, strlen(name))};
    return gs_segment_add_object(gs_watch.segment, &row);
}

static int wait_for(enum gs_object_kind kind, const char *name)
{
    struct gs_watched *self = gs_watched_self;
    self->awaited = &owner;
    gs_watched_do(self, GS_STATE_WAITING, object_of(kind, name));
    gs_patience_begin(self, GS_STANDING_LOCK);
    int result = sem_wait(&lock);
    gs_patience_over(self);
    return result;
}

static void let_go(int number)
{
    (void)number;
    sem_post(&lock);
}

static void let_go_after(time_t seconds)
{
    struct itimerval in = {.it_value.tv_sec = seconds};
    signal(SIGALRM, let_go);
    setitimer(ITIMER_REAL, &in, NULL);
}

/* It has the lock itself. */
static void wait_for_itself(void)
{
    atomic_store(&owner, gs_watched_self->id);
    (void)wait_for(GS_OBJECT_LOCK, "books");
}

static bool told(const char *text)
{
    const struct gs_event *event = inside_next(GS_EVENT_DEADLOCK);
    const struct gs_tables *tables = inside_tables();
    return text ? event && strcmp(tables->string(tables, (uint32_t)event->a), text) == 0 : !event;
}

/* Somebody may set it: nobody does, until a signal comes. */
static void wait_for_an_event(void)
{
    let_go_after(3);
    while (wait_for(GS_OBJECT_EVENT, "ready") != 0)
        ;
    bool good = told(STALL) && told(NULL);
    _exit(good ? GOES_ON : EXIT_FAILURE + 1);
}

static void *look_on(void *unused)
{
    sleep(10);
    return unused;
}

/* A thread that no Python has run in yet may still come. */
static void wait_beside_another(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, look_on, NULL);
    let_go_after(2);
    atomic_store(&owner, gs_watched_self->id);
    while (wait_for(GS_OBJECT_LOCK, "books") != 0)
        ;
    _exit(told(NULL) ? GOES_ON : EXIT_FAILURE + 1);
}

/* … and one of Python's that does not wait goes on. */
static void *work(void *unused)
{
    gs_watched_enter(gs_watched_new(gs_watch_string("worker", 6), gs_watched_first()->id, 0, 0));
    return look_on(unused);
}

static void wait_for_a_worker(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    let_go_after(2);
    while (wait_for(GS_OBJECT_EVENT, "ready") != 0)
        ;
    _exit(told(NULL) ? GOES_ON : EXIT_FAILURE + 1);
}

/* Who has the other end of a pipe may still write, even if nobody here knows him. */
static int pipe_to_read[2];

static void put_byte(int number)
{
    (void)number;
    (void)!write(pipe_to_read[1], "", 1);
}

static void read_what_others_write(void)
{
    char byte;
    let_go_after(3);
    signal(SIGALRM, put_byte);
    gs_watched_do(gs_watched_self, GS_STATE_IO, object_of(GS_OBJECT_PIPE, "pipe"));
    gs_patience_file(gs_watched_self, pipe_to_read[0]);
    (void)!read(pipe_to_read[0], &byte, 1);
    gs_patience_over(gs_watched_self);
    _exit(told(NULL) ? GOES_ON : EXIT_FAILURE + 1);
}

/* … and where nobody has it but the reader, nobody ever does. */
static void read_what_nobody_writes(void)
{
    (void)!pipe(pipe_to_read);
    read_what_others_write();
}

/* As whoever follows a run: until it is over. */
static void look_out(struct gs_segment *segment, pid_t child)
{
    struct gs_lookout *lookout = gs_lookout_new();
    siginfo_t info = {0};
    while (waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT | WNOHANG) == 0 && !info.si_pid) {
        gs_lookout_look(lookout, segment);
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    free(lookout);
}

static int status_of(void (*play)(void), char *said, size_t size)
{
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    gs_watch.segment = gs_segment_create(&gs_segment_default, NULL);
    assert_non_null(gs_watch.segment);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        sem_init(&lock, 0, 0);
        inside_open();
        inside_python_open();
        gs_watched_self->python = inside_thread(NULL);
        gs_standstill_listen();
        atomic_store(&gs_watch.control->phase, GS_STAGE_RUNNING);
        play();
        _exit(EXIT_FAILURE + 2);
    }
    close(ends[1]);
    look_out(gs_watch.segment, child);
    gs_segment_close(gs_watch.segment);
    ssize_t length = read(ends[0], said, size - 1);
    said[length > 0 ? length : 0] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* The sanitizer's own thread in a process is one that may still come, for all that is known. */
static void skip_beside_a_foreign_thread(void)
{
    if (GS_THREAD_SANITIZER)
        skip();
}

static void a_circle_is_named_and_ends_the_program(void **state)
{
    char said[512];
    (void)state;
    skip_beside_a_foreign_thread();
    assert_int_equal(status_of(wait_for_itself, said, sizeof said), FOUND);
    assert_string_equal(said, "deadlock: MainThread waits for books, which it itself holds.\n");
}

static void without_a_circle_it_is_told_once(void **state)
{
    char said[512];
    (void)state;
    skip_beside_a_foreign_thread();
    int status = status_of(wait_for_an_event, said, sizeof said);
    assert_string_equal(said, STALL "\n");
    assert_int_equal(status, GOES_ON);
}

static void who_may_still_come_is_waited_for(void **state)
{
    char said[512];
    (void)state;
    assert_int_equal(status_of(wait_beside_another, said, sizeof said), GOES_ON);
    assert_int_equal(status_of(wait_for_a_worker, said, sizeof said), GOES_ON);
    assert_string_equal(said, "");
}

static void who_has_the_other_end_is_waited_for(void **state)
{
    char said[512];
    (void)state;
    assert_int_equal(pipe(pipe_to_read), 0);
    assert_int_equal(status_of(read_what_others_write, said, sizeof said), GOES_ON);
    assert_string_equal(said, "");
    skip_beside_a_foreign_thread();
    assert_int_equal(status_of(read_what_nobody_writes, said, sizeof said), EXIT_FAILURE + 1);
    assert_string_equal(said, "stall: nobody is left who could wake anybody. MainThread waits for "
                              "pipe.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_circle_is_named_and_ends_the_program),
        cmocka_unit_test(without_a_circle_it_is_told_once),
        cmocka_unit_test(who_may_still_come_is_waited_for),
        cmocka_unit_test(who_has_the_other_end_is_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
