/* Text for people: what is cut is cut between two characters. */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void expect_copy(size_t size, const char *text, const char *expected)
{
    char buffer[64];
    memset(buffer, 'x', sizeof buffer);
    assert_ptr_equal(gs_text_copy(buffer, size, text), buffer);
    assert_string_equal(buffer, expected);
    assert_int_equal(buffer[size], 'x');
}

static void a_copy_is_cut_between_characters(void **state)
{
    (void)state;
    expect_copy(4, "Gil", "Gil");
    expect_copy(4, "Lock", "…");
    expect_copy(8, "Lock 12", "Lock 12");
    expect_copy(8, "Lock 123", "Lock…");
    expect_copy(8, "üüüü", "üü…");
    expect_copy(9, "üüüüü", "üü…");
    expect_copy(9, "日本語", "日…");
    expect_copy(8, "a🙂bcd", "a…");
    expect_copy(9, "a🙂bcde", "a🙂…");
    /* What is no UTF-8 has no characters to keep whole. */
    expect_copy(10, "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80", "\x80\x80\x80\x80\x80\x80…");
}

static void bytes_are(uint64_t bytes, const char *expected)
{
    char buffer[32];
    assert_string_equal(gs_text_bytes(buffer, sizeof buffer, bytes), expected);
}

static void bytes_have_their_unit(void **state)
{
    (void)state;
    bytes_are(0, "0 B");
    bytes_are(999, "999 B");
    bytes_are(1000, "1.0 kB");
    bytes_are(99940, "99.9 kB");
    bytes_are(99960, "100 kB");
    bytes_are(999600, "1.0 MB");
    bytes_are(9123456, "9.1 MB");
    bytes_are(2500000000, "2.5 GB");
}

static void what_steers_is_shown_whole_or_not_at_all(void **state)
{
    (void)state;
    char buffer[8];
    assert_string_equal(gs_text_visible(buffer, sizeof buffer, "a\033b", 3), "a^[b");
    assert_string_equal(gs_text_visible(buffer, 4, "ab\033", 3), "ab");
    assert_string_equal(gs_text_visible(buffer, 6, "ab\xff", 3), "ab");
    assert_string_equal(gs_text_visible(buffer, 4, "aüü", 5), "aü");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_have_their_unit),
        cmocka_unit_test(a_copy_is_cut_between_characters),
        cmocka_unit_test(what_steers_is_shown_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
