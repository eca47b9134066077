/* Bytes of a terminal to keys, also when they come in pieces. */
#include "tui/term/input.h"

#include "tui/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct pressed {
    uint32_t keys[64];
    size_t count;
};

static void press(void *context, const struct gs_said *said)
{
    struct pressed *p = context;
    assert_int_equal(said->kind, GS_SAID_KEY);
    p->keys[p->count++] = said->key;
}

/* Feeds bytes in pieces of `piece` and compares with what is expected, 0 at its end. */
static void expect(const char *bytes, size_t piece, const uint32_t *keys)
{
    struct gs_input input = {0};
    struct pressed p = {0};
    for (size_t at = 0, size = strlen(bytes); at < size; at += piece)
        gs_input_feed(&input, bytes + at, size - at < piece ? size - at : piece, press, &p);
    gs_input_flush(&input, press, &p);
    for (size_t i = 0; i < p.count; i++)
        assert_int_equal(p.keys[i], keys[i]);
    assert_int_equal(keys[p.count], 0);
}

static void sequences_are_one_key(void **state)
{
    (void)state;
    for (size_t piece = 1; piece < 5; piece++) {
        expect("\033[A\033OB\033[5~\033[1;5C", piece,
               (uint32_t[]){GS_KEY_UP, GS_KEY_DOWN, GS_KEY_PAGE_UP, GS_KEY_RIGHT, 0});
        expect("a\r\n\t\177é€", piece,
               (uint32_t[]){'a', GS_KEY_ENTER, GS_KEY_ENTER, GS_KEY_TAB, GS_KEY_BACKSPACE, 0xe9,
                            0x20ac, 0});
    }
}

static void escape_alone_waits_for_what_follows(void **state)
{
    (void)state;
    struct gs_input input = {0};
    struct pressed p = {0};
    gs_input_feed(&input, "\033", 1, press, &p);
    assert_int_equal(p.count, 0);
    assert_true(gs_input_pending(&input));
    gs_input_flush(&input, press, &p);
    assert_int_equal(p.count, 1);
    assert_int_equal(p.keys[0], GS_KEY_ESCAPE);
    assert_false(gs_input_pending(&input));
}

static void escape_before_another_key_is_escape(void **state)
{
    (void)state;
    expect("\033q", 2, (uint32_t[]){GS_KEY_ESCAPE, 'q', 0});
    expect("\033\033", 2, (uint32_t[]){GS_KEY_ESCAPE, GS_KEY_ESCAPE, 0});
}

static void noise_gives_no_keys_and_does_not_stick(void **state)
{
    (void)state;
    expect("\033[25~x\033[?62;22;52cx", 3, (uint32_t[]){'x', 'x', 0});
    expect("\xff\xc3(x", 1, (uint32_t[]){'(', 'x', 0});
    expect("\033[1111111111111111111111111111111111111111111111", 7, (uint32_t[]){0});
}

/* A sequence that is cut short takes no key with it. */
static void a_cut_sequence_eats_no_key(void **state)
{
    (void)state;
    for (size_t piece = 1; piece < 5; piece++) {
        expect("\033[\r", piece, (uint32_t[]){GS_KEY_ENTER, 0});
        expect("\033[1;5\ta", piece, (uint32_t[]){GS_KEY_TAB, 'a', 0});
        expect("\033[1\033[A", piece, (uint32_t[]){GS_KEY_UP, 0});
        expect("\033[é", piece, (uint32_t[]){0xe9, 0});
        expect("\033O\r", piece, (uint32_t[]){GS_KEY_ENTER, 0});
        expect("\033O\033[B", piece, (uint32_t[]){GS_KEY_DOWN, 0});
        expect("\033Oé", piece, (uint32_t[]){0xe9, 0});
        expect("\xe2\x82q", piece, (uint32_t[]){'q', 0});
        expect("\xe2\x82\033[A", piece, (uint32_t[]){GS_KEY_UP, 0});
    }
}

/* What is left of one when nothing follows is forgotten: the next key is a key of its own. */
static void a_flushed_sequence_is_over(void **state)
{
    (void)state;
    static const char *const cut[] = {"\033[", "\033[1;5", "\033O", "\xe2\x82"};
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
        struct gs_input input = {0};
        struct pressed p = {0};
        gs_input_feed(&input, cut[i], strlen(cut[i]), press, &p);
        gs_input_flush(&input, press, &p);
        gs_input_feed(&input, "A", 1, press, &p);
        assert_int_equal(p.count, 1);
        assert_int_equal(p.keys[0], 'A');
    }
}

struct told {
    struct gs_said said[64];
    size_t count;
};

static void tell(void *context, const struct gs_said *said)
{
    struct told *t = context;
    t->said[t->count++] = *said;
}

static struct told all_of(const char *bytes, size_t piece)
{
    struct gs_input input = {0};
    struct told t = {0};
    for (size_t at = 0, size = strlen(bytes); at < size; at += piece)
        gs_input_feed(&input, bytes + at, size - at < piece ? size - at : piece, tell, &t);
    gs_input_flush(&input, tell, &t);
    return t;
}

static void assert_pointed(const struct gs_said *said, enum gs_pointer_act act, int x, int y)
{
    assert_int_equal(said->kind, GS_SAID_POINTER);
    assert_int_equal(said->pointer.act, act);
    assert_int_equal(said->pointer.x, x);
    assert_int_equal(said->pointer.y, y);
}

static void the_mouse_is_told_by_what_it_does(void **state)
{
    (void)state;
    for (size_t piece = 1; piece < 9; piece++) {
        struct told t =
            all_of("\033[<0;1;1M\033[<32;300;24M\033[<0;300;24m\033[<64;5;6M\033[<65;5;6Mq", piece);
        assert_int_equal(t.count, 6);
        assert_pointed(&t.said[0], GS_POINTER_PRESS, 0, 0);
        assert_pointed(&t.said[1], GS_POINTER_DRAG, 299, 23);
        assert_pointed(&t.said[2], GS_POINTER_RELEASE, 299, 23);
        assert_pointed(&t.said[3], GS_POINTER_WHEEL_UP, 4, 5);
        assert_pointed(&t.said[4], GS_POINTER_WHEEL_DOWN, 4, 5);
        assert_int_equal(t.said[5].key, 'q');
    }
}

/* Other buttons, those with Shift, Alt or Ctrl, a wheel that goes sideways, and what is none. */
static void what_is_not_ours_of_the_mouse_is_nothing(void **state)
{
    (void)state;
    static const char *const sequences[] = {
        "\033[<1;1;1M",  "\033[<2;1;1M",  "\033[<4;1;1M",   "\033[<8;1;1M",    "\033[<16;1;1M",
        "\033[<36;1;1M", "\033[<66;1;1M", "\033[<64;1;1m",  "\033[<128;1;1M",  "\033[<0;1M",
        "\033[<0;0;1M",  "\033[<0;1;1x",  "\033[<0;1;1;1M", "\033[<99999999M", "\033[M !!",
    };
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
        for (size_t piece = 1; piece < 4; piece++) {
            char bytes[64];
            snprintf(bytes, sizeof bytes, "%sz", sequences[i]);
            struct told t = all_of(bytes, piece);
            assert_int_equal(t.count, 1);
            assert_int_equal(t.said[0].key, 'z');
        }
}

/* Whatever it is, until the terminal says that it is over. */
static void pasted_text_is_no_keys(void **state)
{
    (void)state;
    for (size_t piece = 1; piece < 9; piece++) {
        struct told t = all_of("a\033[200~q\033[A\003é\r\033[<0;1;1M\177x\033[201~b", piece);
        const uint32_t pasted[] = {'q', 0xe9, ' ', 'x'};
        assert_int_equal(t.count, 6);
        assert_int_equal(t.said[0].key, 'a');
        assert_int_equal(t.said[0].kind, GS_SAID_KEY);
        for (size_t i = 0; i < 4; i++) {
            assert_int_equal(t.said[1 + i].kind, GS_SAID_PASTED);
            assert_int_equal(t.said[1 + i].key, pasted[i]);
        }
        assert_int_equal(t.said[5].key, 'b');
        assert_int_equal(t.said[5].kind, GS_SAID_KEY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sequences_are_one_key),
        cmocka_unit_test(escape_alone_waits_for_what_follows),
        cmocka_unit_test(escape_before_another_key_is_escape),
        cmocka_unit_test(noise_gives_no_keys_and_does_not_stick),
        cmocka_unit_test(a_cut_sequence_eats_no_key),
        cmocka_unit_test(a_flushed_sequence_is_over),
        cmocka_unit_test(the_mouse_is_told_by_what_it_does),
        cmocka_unit_test(what_is_not_ours_of_the_mouse_is_nothing),
        cmocka_unit_test(pasted_text_is_no_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
