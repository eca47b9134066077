/* Chance on the virtual clock: the seed's, in every run. */
#include "python/drive/drive.h"
#include "support/inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

/* What came of two draws. */
struct drawn {
    unsigned char random[16], entropy[16];
};
static struct drawn *drawn;

static bool draw(const struct gs_front *front)
{
    return front->getrandom(drawn->random, sizeof drawn->random, 0) == sizeof drawn->random &&
           front->getentropy(drawn->entropy, sizeof drawn->entropy) == 0;
}

static struct drawn draw_by(uint64_t seed)
{
    memset(drawn, 0, sizeof *drawn);
    assert_true(inside_driven(draw, seed));
    return *drawn;
}

static void a_seed_has_its_numbers(void **state)
{
    (void)state;
    struct drawn first = draw_by(1), again = draw_by(1), other = draw_by(2);
    assert_memory_equal(&first, &again, sizeof first);
    assert_memory_not_equal(first.random, other.random, sizeof first.random);
    assert_memory_not_equal(first.entropy, other.entropy, sizeof first.entropy);
    assert_memory_not_equal(first.random, first.entropy, sizeof first.random);
}

/* A thread that is none of the program's has the kernel's. */
static bool draw_outside(const struct gs_front *front)
{
    struct gs_actor *self = gs_self;
    gs_self = NULL;
    bool good = draw(front);
    gs_self = self;
    return good;
}

static void who_is_not_driven_has_other_ones(void **state)
{
    (void)state;
    assert_true(inside_driven(draw_outside, 1));
    struct drawn outside = *drawn;
    assert_true(inside_driven(draw_outside, 1));
    assert_memory_not_equal(&outside, drawn, sizeof outside);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seed_has_its_numbers),
        cmocka_unit_test(who_is_not_driven_has_other_ones),
    };
    drawn = mmap(NULL, sizeof *drawn, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return drawn == MAP_FAILED || cmocka_run_group_tests(tests, NULL, NULL);
}
