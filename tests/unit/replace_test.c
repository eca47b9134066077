/* A file takes the place of another once it is whole, and not before. */
#include "base/replace.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];

/* In the place of the library's: a file system that has no files without a name. */
static bool all_have_names;

int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(args, mode_t) : 0;
    va_end(args);
    if (all_have_names && (flags & O_TMPFILE) == O_TMPFILE) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

static const char *in_folder(const char *name)
{
    static char paths[4][128];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void assert_text(const char *path, const char *text)
{
    char has[64] = "";
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t n = fread(has, 1, sizeof has - 1, file);
    fclose(file);
    has[n] = '\0';
    assert_string_equal(has, text);
}

/* Files in the folder whose name begins with a dot. */
static unsigned hidden(void)
{
    unsigned count = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));)
        count += entry->d_name[0] == '.' && entry->d_name[1] && entry->d_name[1] != '.';
    closedir(dir);
    return count;
}

static void it_is_there_once_it_is_whole(void **state)
{
    all_have_names = *state;
    struct gs_replacement r;
    struct gs_error err;
    const char *path = in_folder("one");
    put(path, "old");
    assert_true(gs_replace_begin(&r, path, NULL, &err));
    fputs("new", r.out);
    fflush(r.out);
    assert_text(path, "old");
    assert_int_equal(hidden(), all_have_names);
    assert_true(gs_replace_end(&r, true, &err));
    assert_text(path, "new");
    assert_int_equal(hidden(), 0);
}

static void what_fails_leaves_what_was_there(void **state)
{
    all_have_names = *state;
    struct gs_replacement r;
    struct gs_error err = {"why"};
    const char *path = in_folder("two");
    put(path, "old");
    assert_true(gs_replace_begin(&r, path, NULL, &err));
    fputs("new", r.out);
    assert_false(gs_replace_end(&r, false, &err));
    assert_string_equal(err.text, "why");
    assert_text(path, "old");
    assert_int_equal(hidden(), 0);
}

/* In a process of its own. */
static void write_until(int number, const char *path)
{
    struct gs_replacement r;
    struct gs_error err;
    if (!gs_replace_begin(&r, path, NULL, &err))
        _exit(2);
    fputs("new", r.out);
    fflush(r.out);
    raise(number);
    _exit(gs_replace_end(&r, true, &err) ? 0 : 1);
}

static int status_after(int number, const char *path)
{
    int status;
    pid_t pid = fork();
    if (pid == 0)
        write_until(number, path);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static void what_is_ended_leaves_nothing(void **state)
{
    static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
    all_have_names = *state;
    const char *path = in_folder("four");
    put(path, "old");
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
        int status = status_after(ending[i], path);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == ending[i]);
        assert_int_equal(hidden(), 0);
        assert_text(path, "old");
    }
}

/* A signal that has another meaning keeps it, and what was the default is it again behind the file.
 */
static void signals_keep_their_meaning(void **state)
{
    all_have_names = *state;
    struct sigaction now;
    const char *path = in_folder("four");
    signal(SIGINT, SIG_IGN);
    assert_int_equal(status_after(SIGINT, path), 0);
    signal(SIGINT, SIG_DFL);
    assert_text(path, "new");
    struct gs_replacement r;
    struct gs_error err;
    for (int good = 0; good < 2; good++) {
        assert_true(gs_replace_begin(&r, path, NULL, &err));
        gs_replace_end(&r, good, &err);
        sigaction(SIGTERM, NULL, &now);
        assert_true(now.sa_handler == SIG_DFL);
    }
}

/* Files without a name may end by any signal. */
static void what_is_killed_leaves_nothing(void **state)
{
    (void)state;
    const char *path = in_folder("four");
    all_have_names = false;
    assert_true(WIFSIGNALED(status_after(SIGKILL, path)));
    assert_int_equal(hidden(), 0);
}

/* A pipe of the test's own: a program that does replace it must not do that to a device of the
 * machine. */
static void what_is_no_file_is_written_as_it_is(void **state)
{
    (void)state;
    struct gs_replacement r;
    struct gs_error err;
    char want[256];
    const char *path = in_folder("pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    int reader = open(path, O_RDONLY | O_NONBLOCK);
    assert_true(gs_replace_begin(&r, path, NULL, &err));
    fputs("x", r.out);
    signal(SIGPIPE, SIG_IGN);
    close(reader);
    assert_false(gs_replace_end(&r, true, &err));
    snprintf(want, sizeof want, "cannot write %s: Broken pipe", path);
    assert_string_equal(err.text, want);
    struct stat there;
    assert_int_equal(stat(path, &there), 0);
    assert_true(S_ISFIFO(there.st_mode));
    unlink(path);
}

static const char *waits_for;

/* Whoever waits for a reader says so before; then there is one. */
static void begin_to_read(const char *path)
{
    waits_for = path;
    pid_t pid = fork();
    if (pid != 0)
        return;
    char byte;
    int reader = open(path, O_RDONLY);
    _exit(read(reader, &byte, 1) == 1 && byte == 'x' ? 0 : 1);
}

static void a_pipe_that_nobody_reads_keeps_nobody_without_a_word(void **state)
{
    (void)state;
    struct gs_replacement r;
    struct gs_error err;
    char want[256];
    int status;
    const char *path = in_folder("pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(gs_replace_begin(&r, path, NULL, &err));
    snprintf(want, sizeof want, "cannot write %s: it is a pipe, and nobody reads it", path);
    assert_string_equal(err.text, want);
    assert_true(gs_replace_begin(&r, path, begin_to_read, &err));
    assert_ptr_equal(waits_for, path);
    assert_false(fcntl(fileno(r.out), F_GETFL) & O_NONBLOCK);
    fputs("x", r.out);
    assert_true(gs_replace_end(&r, true, &err));
    assert_true(wait(&status) > 0);
    assert_int_equal(status, 0);
}

static void two_names_are_one_place(void **state)
{
    (void)state;
    struct gs_error err;
    put(in_folder("three"), "");
    assert_int_equal(symlink("three", in_folder("link")), 0);
    const char *names[] = {in_folder("three"), in_folder("./three"), in_folder("link")};
    char *first = gs_replace_place(names[0], &err);
    for (int i = 0; i < 3; i++) {
        char *place = gs_replace_place(names[i], &err);
        assert_string_equal(place, first);
        free(place);
    }
    free(first);
    assert_null(gs_replace_place(in_folder("none/x"), &err));
    assert_non_null(strstr(err.text, "No such file or directory"));
}

static void what_cannot_be_is_said(void **state)
{
    (void)state;
    struct gs_error err;
    assert_false(gs_replace_can(folder, &err));
    assert_non_null(strstr(err.text, "Is a directory"));
    assert_false(gs_replace_can(in_folder("none/x"), &err));
    assert_true(gs_replace_can(in_folder("new"), &err));
    assert_int_not_equal(access(in_folder("new"), F_OK), 0);
}

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/gs_replace_XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    static const char *const names[] = {"one", "two", "link", "three", "four", "pipe"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(in_folder(names[i]));
    return rmdir(folder);
}

/* As most file systems are, and without files that have no name. */
#define both(test) cmocka_unit_test(test), cmocka_unit_test_prestate(test, &all_have_names)

int main(void)
{
    const struct CMUnitTest tests[] = {
        both(it_is_there_once_it_is_whole),
        both(what_fails_leaves_what_was_there),
        both(what_is_ended_leaves_nothing),
        both(signals_keep_their_meaning),
        cmocka_unit_test(what_is_killed_leaves_nothing),
        cmocka_unit_test(what_is_no_file_is_written_as_it_is),
        cmocka_unit_test(a_pipe_that_nobody_reads_keeps_nobody_without_a_word),
        cmocka_unit_test(two_names_are_one_place),
        cmocka_unit_test(what_cannot_be_is_said),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
