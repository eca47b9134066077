/* A file takes the place of another once it is whole, and not before. */
#include "base/replace.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];

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

static void it_is_there_once_it_is_whole(void **state)
{
    (void)state;
    struct gs_replacement r;
    struct gs_error err;
    const char *path = in_folder("one");
    put(path, "old");
    assert_true(gs_replace_begin(&r, path, &err));
    fputs("new", r.out);
    fflush(r.out);
    assert_text(path, "old");
    assert_true(gs_replace_end(&r, true, &err));
    assert_text(path, "new");
}

static void what_fails_leaves_what_was_there(void **state)
{
    (void)state;
    struct gs_replacement r;
    struct gs_error err = {"why"};
    const char *path = in_folder("two");
    put(path, "old");
    assert_true(gs_replace_begin(&r, path, &err));
    fputs("new", r.out);
    char *beside = strdup(r.beside);
    assert_false(gs_replace_end(&r, false, &err));
    assert_string_equal(err.text, "why");
    assert_text(path, "old");
    assert_int_not_equal(access(beside, F_OK), 0);
    free(beside);
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
    assert_true(gs_replace_begin(&r, path, &err));
    fputs("x", r.out);
    signal(SIGPIPE, SIG_IGN);
    close(reader);
    assert_false(gs_replace_end(&r, true, &err));
    snprintf(want, sizeof want, "cannot write %s: Broken pipe", path);
    assert_string_equal(err.text, want);
    struct stat there;
    assert_int_equal(stat(path, &there), 0);
    assert_true(S_ISFIFO(there.st_mode));
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
    static const char *const names[] = {"one", "two", "link", "three"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(in_folder(names[i]));
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_there_once_it_is_whole),
        cmocka_unit_test(what_fails_leaves_what_was_there),
        cmocka_unit_test(what_is_no_file_is_written_as_it_is),
        cmocka_unit_test(two_names_are_one_place),
        cmocka_unit_test(what_cannot_be_is_said),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
