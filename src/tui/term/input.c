#include "tui/term/input.h"

#include "tui/keys.h"

#include <string.h>

enum verdict { MORE, DONE };

/* What a decoder found: how many bytes it used and the key in them, 0 for one we have no use for;
 * or what the mouse did. */
struct found {
    enum verdict verdict;
    size_t used;
    uint32_t key;
    bool pointed;
    struct gs_pointer pointer;
};

/* Not typed by anybody: the terminal puts them around text that is pasted. */
enum { PASTE_BEGINS = 200, PASTE_ENDS = 201, PASTE_CODES = 0x200000 };

static uint32_t letter_key(unsigned char final)
{
    static const char letters[] = "ABCDFH";
    static const uint32_t keys[] = {GS_KEY_UP,   GS_KEY_DOWN, GS_KEY_RIGHT,
                                    GS_KEY_LEFT, GS_KEY_END,  GS_KEY_HOME};
    const char *at = final ? strchr(letters, final) : NULL;
    return at ? keys[at - letters] : 0;
}

static uint32_t number_key(unsigned number)
{
    static const uint32_t keys[] = {
        [1] = GS_KEY_HOME,      [3] = GS_KEY_DELETE, [4] = GS_KEY_END, [5] = GS_KEY_PAGE_UP,
        [6] = GS_KEY_PAGE_DOWN, [7] = GS_KEY_HOME,   [8] = GS_KEY_END};
    if (number == PASTE_BEGINS || number == PASTE_ENDS)
        return PASTE_CODES + number;
    return number < sizeof keys / sizeof *keys ? keys[number] : 0;
}

/* Ends a sequence and belongs to it; anything else that cuts one short is a key of its own. */
static bool is_final(unsigned char byte)
{
    return byte >= 0x40 && byte < 0x7f;
}

/* The first button alone, and the wheel. With Shift a terminal selects text; where it tells us all
 * the same, that is still what was meant. */
static bool is_ours(unsigned code, bool released, struct gs_pointer *pointer)
{
    enum { BUTTON = 3, MOVED = 32, WHEEL = 64 };
    if (code & ~(unsigned)(BUTTON | MOVED | WHEEL))
        return false;
    if (code & WHEEL) {
        pointer->act = code & 1 ? GS_POINTER_WHEEL_DOWN : GS_POINTER_WHEEL_UP;
        return !(code & (2 | MOVED)) && !released;
    }
    pointer->act = released       ? GS_POINTER_RELEASE
                   : code & MOVED ? GS_POINTER_DRAG
                                  : GS_POINTER_PRESS;
    return (code & BUTTON) == 0;
}

/* ESC [ < code ; column ; row M, or m where a button was let go. */
static struct found pointer_sequence(const unsigned char *s, size_t count)
{
    unsigned numbers[4] = {0}, at = 0;
    size_t i = 3;
    for (; i < count && s[i] >= 0x20 && s[i] < 0x40; i++) {
        if (s[i] >= '0' && s[i] <= '9' && numbers[at] < 100000)
            numbers[at] = numbers[at] * 10 + (unsigned)(s[i] - '0');
        else
            at = s[i] == ';' && at < 2 ? at + 1 : 3;
    }
    if (i == count)
        return (struct found){.verdict = MORE};
    struct found f = {.verdict = DONE, .used = i + is_final(s[i])};
    bool whole = (s[i] == 'M' || s[i] == 'm') && at == 2 && numbers[1] && numbers[2];
    f.pointed = whole && is_ours(numbers[0], s[i] == 'm', &f.pointer);
    f.pointer.x = (int)numbers[1] - 1;
    f.pointer.y = (int)numbers[2] - 1;
    return f;
}

/* A terminal that does not know the sequence above tells of the mouse by ESC [ M and three bytes,
 * which must not become keys. */
static struct found old_pointer_sequence(size_t count)
{
    enum { LENGTH = 6 };
    if (count < LENGTH)
        return (struct found){.verdict = MORE};
    return (struct found){.verdict = DONE, .used = LENGTH};
}

/* ESC [ parameters final. Modifiers (the parameters behind a semicolon) change nothing for us. */
static struct found control_sequence(const unsigned char *s, size_t count)
{
    unsigned number = 0;
    bool first = true;
    if (count > 2 && s[2] == '<')
        return pointer_sequence(s, count);
    if (count > 2 && s[2] == 'M')
        return old_pointer_sequence(count);
    for (size_t i = 2; i < count; i++) {
        if (is_final(s[i]))
            return (struct found){.verdict = DONE,
                                  .used = i + 1,
                                  .key = s[i] == '~' ? number_key(number) : letter_key(s[i])};
        if (s[i] < 0x20 || s[i] > 0x7e)
            return (struct found){.verdict = DONE, .used = i, .key = 0};
        if (s[i] == ';')
            first = false;
        else if (first && s[i] >= '0' && s[i] <= '9' && number < 1000)
            number = number * 10 + (unsigned)(s[i] - '0');
    }
    return (struct found){.verdict = MORE};
}

static struct found escape(const unsigned char *s, size_t count)
{
    if (count == 1)
        return (struct found){.verdict = MORE};
    if (s[1] == '[')
        return control_sequence(s, count);
    if (s[1] == 'O' && count < 3)
        return (struct found){.verdict = MORE};
    if (s[1] == 'O')
        return (struct found){
            .verdict = DONE, .used = is_final(s[2]) ? 3 : 2, .key = letter_key(s[2])};
    return (struct found){.verdict = DONE, .used = 1, .key = GS_KEY_ESCAPE};
}

static struct found character(const unsigned char *s, size_t count)
{
    size_t need = s[0] < 0xc2 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : s[0] < 0xf5 ? 4 : 1;
    if (need == 1) {
        uint32_t key = s[0] == '\n' ? GS_KEY_ENTER : s[0] == '\b' ? GS_KEY_BACKSPACE : s[0];
        return (struct found){.verdict = DONE, .used = 1, .key = s[0] < 0x80 ? key : 0};
    }
    uint32_t code = s[0] & (0xffu >> (need + 1));
    for (size_t i = 1; i < need; i++) {
        if (i >= count)
            return (struct found){.verdict = MORE};
        if ((s[i] & 0xc0) != 0x80)
            return (struct found){.verdict = DONE, .used = i, .key = 0};
        code = code << 6 | (s[i] & 0x3f);
    }
    return (struct found){.verdict = DONE, .used = need, .key = code <= 0x10ffff ? code : 0};
}

/* Text that is pasted never does what a key does: of what is no character only a line's end counts,
 * as a blank. */
static uint32_t pasted(uint32_t key)
{
    if (key == GS_KEY_ENTER || key == GS_KEY_TAB)
        return ' ';
    return key >= ' ' && key < GS_KEY_UP && key != GS_KEY_BACKSPACE ? key : 0;
}

static void hand_on(struct gs_input *input, const struct found *f, gs_input_sink *sink,
                    void *context)
{
    struct gs_said said = {.key = f->key, .pointer = f->pointer};
    if (f->key >= PASTE_CODES) {
        input->pastes = f->key == PASTE_CODES + PASTE_BEGINS;
        return;
    }
    if (f->pointed)
        said.kind = GS_SAID_POINTER;
    else if (input->pastes)
        said = (struct gs_said){.kind = GS_SAID_PASTED, .key = pasted(f->key)};
    if (said.key || (f->pointed && !input->pastes))
        sink(context, &said);
}

static size_t decode(struct gs_input *input, gs_input_sink *sink, void *context)
{
    const unsigned char *s = input->bytes;
    size_t at = 0, count = input->count;
    while (at < count) {
        struct found f =
            s[at] == GS_KEY_ESCAPE ? escape(s + at, count - at) : character(s + at, count - at);
        if (f.verdict == MORE)
            break;
        at += f.used;
        hand_on(input, &f, sink, context);
    }
    return at;
}

void gs_input_feed(struct gs_input *input, const char *bytes, size_t count, gs_input_sink *sink,
                   void *context)
{
    while (count > 0) {
        size_t take = sizeof input->bytes - input->count;
        if (take > count)
            take = count;
        memcpy(input->bytes + input->count, bytes, take);
        input->count += take;
        bytes += take;
        count -= take;
        size_t used = decode(input, sink, context);
        /* A sequence longer than any key: its middle is forgotten, its end still ends it. */
        if (used == 0 && input->count == sizeof input->bytes)
            input->count = 2;
        input->count -= used;
        memmove(input->bytes, input->bytes + used, input->count);
    }
}

bool gs_input_pending(const struct gs_input *input)
{
    return input->count > 0;
}

void gs_input_flush(struct gs_input *input, gs_input_sink *sink, void *context)
{
    bool lone = input->count == 1 && input->bytes[0] == GS_KEY_ESCAPE;
    input->count = 0;
    if (lone && !input->pastes)
        sink(context, &(struct gs_said){.key = GS_KEY_ESCAPE});
}
