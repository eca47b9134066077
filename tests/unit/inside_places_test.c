/* Which file a line is in, as readers know it: the program's own, however it is called, or another
 * one, which has a row in the trace's table. */
#include "python/front/guards.h"
#include "python/watch/places.h"
#include "support/inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/gs_places_XXXXXX";

static const char *in_folder(const char *name)
{
    static char paths[4][128];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void make(const char *name)
{
    FILE *file = fopen(in_folder(name), "we");
    assert_non_null(file);
    fclose(file);
}

static uint16_t place_of(const char *file)
{
    uint16_t place = UINT16_MAX;
    assert_true(gs_places_of_file(file, &place));
    return place;
}

static const char *told(uint16_t place)
{
    const struct gs_tables *tables = inside_tables();
    return tables->string(tables, tables->place(tables, place)->file);
}

static void the_programs_own_file_is_no_other(void **state)
{
    (void)state;
    assert_int_equal(place_of(in_folder("x.py")), 0);
    assert_int_equal(place_of(in_folder("link.py")), 0);
    char dotted[160];
    snprintf(dotted, sizeof dotted, "%s/../%s/x.py", folder, folder + strlen("/tmp/"));
    assert_int_equal(place_of(dotted), 0);
    assert_string_equal(gs_places_file(0), in_folder("x.py"));
}

static void another_file_has_one_row(void **state)
{
    (void)state;
    uint16_t module = place_of(in_folder("module.py")), other = place_of("<string>");
    assert_int_not_equal(module, 0);
    assert_int_not_equal(other, 0);
    assert_int_not_equal(module, other);
    assert_int_equal(place_of(in_folder("module.py")), module);
    assert_string_equal(told(module), in_folder("module.py"));
    assert_string_equal(told(other), "<string>");
    assert_string_equal(gs_places_file(module), in_folder("module.py"));
    assert_string_equal(gs_places_file(other), "<string>");
}

static void a_forked_process_knows_what_its_parent_does(void **state)
{
    (void)state;
    uint16_t module = place_of(in_folder("module.py"));
    gs_guard_lock(GS_GUARD_PLACES); /* a thread that it does not have */
    gs_guards_forget();
    assert_int_equal(place_of(in_folder("module.py")), module);
    assert_int_equal(place_of(in_folder("x.py")), 0);
}

static int begin(void **state)
{
    struct gs_order order = {.guest = GS_GUEST_PYTHON_FILE};
    (void)state;
    inside_open();
    snprintf(order.scene, sizeof order.scene, "%s", in_folder("x.py"));
    gs_places_open(&order);
    return 0;
}

static int end(void **state)
{
    (void)state;
    inside_close();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_programs_own_file_is_no_other),
        cmocka_unit_test(another_file_has_one_row),
        cmocka_unit_test(a_forked_process_knows_what_its_parent_does),
    };
    if (!mkdtemp(folder))
        return 1;
    make("x.py");
    make("module.py");
    if (symlink("x.py", in_folder("link.py")) != 0)
        return 1;
    int failed = cmocka_run_group_tests(tests, begin, end);
    unlink(in_folder("x.py"));
    unlink(in_folder("module.py"));
    unlink(in_folder("link.py"));
    rmdir(folder);
    return failed;
}
