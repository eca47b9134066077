#include "draw/glyph.h"

#include "base/text.h"
#include "draw/canvas.h"

#include <locale.h>
#include <pthread.h>
#include <string.h>
#include <wchar.h>

static locale_t utf8;
static pthread_once_t utf8_once = PTHREAD_ONCE_INIT;

/* C.UTF-8 is built into glibc since 2.35: it needs no installed locale and no setlocale. */
static void open_utf8(void)
{
    utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

static int library_width(uint32_t code)
{
    pthread_once(&utf8_once, open_utf8);
    if (!utf8)
        return 1;
    locale_t before = uselocale(utf8);
    int width = wcwidth((wchar_t)code);
    uselocale(before);
    return width;
}

static int code_width(uint32_t code)
{
    /* Lines, blocks and arrows are what lanes are made of: no need to ask. */
    if ((code >= 0x20 && code < 0x7f) || (code >= 0x2190 && code < 0x2200) ||
        (code >= 0x2500 && code < 0x25b8))
        return 1;
    if (code < 0x20 || code == 0x7f || gs_text_steers(code))
        return -1;
    return library_width(code);
}

static bool vanishes(uint32_t code)
{
    return (code >= 0x200b && code <= 0x200d) || (code >= 0x2060 && code <= 0x206f) ||
           (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0000 && code <= 0xe0fff);
}

/* The signs that the program draws with, and the punctuation that word processors put in. */
static char sign(uint32_t code)
{
    static const struct {
        uint32_t code;
        char ascii;
    } signs[] = {
        {0xa0, ' '},   {0xab, '<'},   {0xb0, 'o'},    {0xb5, 'u'},    {0xb7, '.'},   {0xbb, '>'},
        {0xd7, 'x'},   {0xf7, '/'},   {0x3bc, 'u'},   {0x2010, '-'},  {0x2011, '-'}, {0x2012, '-'},
        {0x2013, '-'}, {0x2014, '-'}, {0x2018, '\''}, {0x2019, '\''}, {0x201c, '"'}, {0x201d, '"'},
        {0x201e, '"'}, {0x2022, '*'}, {0x2026, '.'},  {0x2039, '<'},  {0x203a, '>'}, {0x2190, '<'},
        {0x2191, '^'}, {0x2192, '>'}, {0x2193, 'v'},  {0x2212, '-'},  {0x2248, '~'}, {0x2264, '<'},
        {0x2265, '>'}, {0x2298, '/'}, {0x2500, '-'},  {0x2501, '-'},  {0x2502, '|'}, {0x2503, '|'},
        {0x2508, ':'}, {0x254c, '='}, {0x2588, '#'},  {0x258f, '|'},  {0x2590, '|'}, {0x2591, '~'},
        {0x2592, '*'}, {0x2593, '%'}, {0x2595, '|'},  {0x25aa, 'o'},  {0x25b2, '^'}, {0x25b6, '>'},
        {0x25b8, '>'}, {0x25bc, 'v'}, {0x25be, 'v'},  {0x25c0, '<'},  {0x25cf, '*'}, {0x2713, '+'},
        {0x2717, 'x'},
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].code == code)
            return signs[i].ascii;
    return code >= 0x250c && code <= 0x256c ? '+' : '\0';
}

/* Latin letters without their accents: U+00C0 … U+00FF, then U+0100 … U+017F. */
static char letter(uint32_t code)
{
    static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty"
                                "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL"
                                "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
    _Static_assert(sizeof latin == 0x180 - 0xc0 + 1, "one letter a code");
    return code >= 0xc0 && code < 0x180 ? latin[code - 0xc0] : '\0';
}

static void transliterate(struct gs_glyph *glyph, uint32_t code)
{
    char ascii = sign(code);
    if (!ascii)
        ascii = letter(code);
    if (!ascii)
        ascii = '?';
    if (glyph->width == 0)
        glyph->length = 0;
    else
        glyph->length = glyph->width;
    memset(glyph->bytes, 0, sizeof glyph->bytes);
    memset(glyph->bytes, ascii, glyph->length);
}

size_t gs_glyph_next(struct gs_glyph *glyph, const char *text, bool ascii)
{
    if (gs_glyph_is_plain(*text)) {
        *glyph = (struct gs_glyph){.bytes = {*text}, .length = 1, .width = 1};
        return 1;
    }
    uint32_t code = 0;
    size_t read = gs_text_decode(text, strnlen(text, 4), &code);
    int width = read ? code_width(code) : -1;
    *glyph = (struct gs_glyph){0};
    if (width < 0 && read && vanishes(code))
        return read;
    if (width < 0) {
        *glyph = (struct gs_glyph){.bytes = "?", .length = 1, .width = 1};
        return read ? read : 1;
    }
    glyph->width = (uint8_t)width;
    if (vanishes(code))
        return read;
    glyph->length = (uint8_t)read;
    memcpy(glyph->bytes, text, read);
    if (ascii && code >= 0x80)
        transliterate(glyph, code);
    return read;
}

int gs_text_width(const char *text)
{
    int width = 0;
    struct gs_glyph glyph;
    for (; gs_glyph_is_plain(*text); text++)
        width++;
    while (*text) {
        text += gs_glyph_next(&glyph, text, false);
        width += glyph.length ? glyph.width : 0;
    }
    return width;
}

const char *gs_glyph_bar(int height, bool ascii)
{
    static const char *const bars[][GS_GLYPH_BARS] = {{"▁", "▂", "▃", "▄", "▅", "▆", "▇"},
                                                      {"1", "2", "3", "4", "5", "6", "7"}};
    return bars[ascii][height - 1];
}

int gs_glyph_bar_height(double value, double most)
{
    int height = value > 0 ? 1 + (int)(GS_GLYPH_BARS * value / most) : 0;
    return height < GS_GLYPH_BARS ? height : GS_GLYPH_BARS;
}
