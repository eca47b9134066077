#include "tui/term/input.h"

#include "tui/keys.h"

#include <string.h>

enum verdict { MORE, DONE };

/* What a decoder found: how many bytes it used and the key in them, 0 for one we have no use for.
 */
struct found {
    enum verdict verdict;
    size_t used;
    uint32_t key;
};

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
    return number < sizeof keys / sizeof *keys ? keys[number] : 0;
}

/* Ends a sequence and belongs to it; anything else that cuts one short is a key of its own. */
static bool is_final(unsigned char byte)
{
    return byte >= 0x40 && byte < 0x7f;
}

/* ESC [ parameters final. Modifiers (the parameters behind a semicolon) change nothing for us. */
static struct found control_sequence(const unsigned char *s, size_t count)
{
    unsigned number = 0;
    bool first = true;
    for (size_t i = 2; i < count; i++) {
        if (is_final(s[i]))
            return (struct found){DONE, i + 1, s[i] == '~' ? number_key(number) : letter_key(s[i])};
        if (s[i] < 0x20 || s[i] > 0x7e)
            return (struct found){DONE, i, 0};
        if (s[i] == ';')
            first = false;
        else if (first && s[i] >= '0' && s[i] <= '9' && number < 100)
            number = number * 10 + (unsigned)(s[i] - '0');
    }
    return (struct found){MORE, 0, 0};
}

static struct found escape(const unsigned char *s, size_t count)
{
    if (count == 1)
        return (struct found){MORE, 0, 0};
    if (s[1] == '[')
        return control_sequence(s, count);
    if (s[1] == 'O')
        return count < 3 ? (struct found){MORE, 0, 0}
                         : (struct found){DONE, is_final(s[2]) ? 3 : 2, letter_key(s[2])};
    return (struct found){DONE, 1, GS_KEY_ESCAPE};
}

static struct found character(const unsigned char *s, size_t count)
{
    size_t need = s[0] < 0xc2 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : s[0] < 0xf5 ? 4 : 1;
    if (need == 1) {
        uint32_t key = s[0] == '\n' ? GS_KEY_ENTER : s[0] == '\b' ? GS_KEY_BACKSPACE : s[0];
        return (struct found){DONE, 1, s[0] < 0x80 ? key : 0};
    }
    uint32_t code = s[0] & (0xffu >> (need + 1));
    for (size_t i = 1; i < need; i++) {
        if (i >= count)
            return (struct found){MORE, 0, 0};
        if ((s[i] & 0xc0) != 0x80)
            return (struct found){DONE, i, 0};
        code = code << 6 | (s[i] & 0x3f);
    }
    return (struct found){DONE, need, code <= 0x10ffff ? code : 0};
}

static size_t decode(const unsigned char *s, size_t count, gs_input_sink *sink, void *context)
{
    size_t at = 0;
    while (at < count) {
        struct found f =
            s[at] == GS_KEY_ESCAPE ? escape(s + at, count - at) : character(s + at, count - at);
        if (f.verdict == MORE)
            break;
        at += f.used;
        if (f.key)
            sink(context, f.key);
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
        size_t used = decode(input->bytes, input->count, sink, context);
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
    if (lone)
        sink(context, GS_KEY_ESCAPE);
}
