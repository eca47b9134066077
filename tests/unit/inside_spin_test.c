/* Instructions that jump to themselves, in frames as 3.10 and 3.11 lay them out. */
#include "python/cpython/spin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const void *frame_of_310(const void *code, int instruction)
{
    static const void *words[2][16];
    static char bytes[1024];
    memcpy(bytes + 32, code, 600);
    words[1][6] = bytes;
    words[0][4] = words[1];
    memcpy(&words[0][12], &instruction, sizeof instruction);
    return words[0];
}

static void it_is_known_in_310(void **state)
{
    (void)state;
    uint8_t code[600] = {9, 0, 113, 1, 113, 1, 100, 3};
    gs_cpython.minor = 10;
    assert_true(gs_spin_at((void *)frame_of_310(code, 1)));
    assert_false(gs_spin_at((void *)frame_of_310(code, 0)));
    assert_false(gs_spin_at((void *)frame_of_310(code, 2)));
    assert_false(gs_spin_at((void *)frame_of_310(code, 3)));
    /* The 258th: its number takes two instructions. */
    memcpy(code + 516, (uint8_t[]){144, 1, 113, 2}, 4);
    assert_true(gs_spin_at((void *)frame_of_310(code, 258)));
    code[519] = 1;
    assert_false(gs_spin_at((void *)frame_of_310(code, 258)));
}

static bool spins_in_311(const uint8_t *instruction)
{
    const void *words[8] = {0}, *frame[4] = {0};
    words[7] = instruction;
    frame[3] = words;
    gs_cpython.minor = 11;
    return gs_spin_at(frame);
}

static void it_is_known_in_311(void **state)
{
    (void)state;
    assert_true(spins_in_311((uint8_t[]){140, 1}));
    assert_true(spins_in_311((uint8_t[]){38, 1}));
    assert_false(spins_in_311((uint8_t[]){140, 2}));
    assert_false(spins_in_311((uint8_t[]){9, 1}));
}

static void others_tell_the_line_themselves(void **state)
{
    (void)state;
    for (gs_cpython.minor = 9; gs_cpython.minor < 14; gs_cpython.minor += 3)
        assert_false(gs_spin_at(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_known_in_310),
        cmocka_unit_test(it_is_known_in_311),
        cmocka_unit_test(others_tell_the_line_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
