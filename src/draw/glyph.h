/* One character as a terminal shows it: its bytes, the cells it takes, and what stands for it where
 * only ASCII is understood. The widths are the C library's for UTF-8, whatever the locale of the
 * program, so that a picture is the same on every machine. Any thread. */
#ifndef GS_DRAW_GLYPH_H
#define GS_DRAW_GLYPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gs_glyph {
    char bytes[5]; /* 0 behind the length */
    uint8_t length;
    uint8_t width; /* 0: combines with the character before, if length is not 0 */
};

/* Printable ASCII: most of what is drawn, some thousand times a frame; one byte and one cell. */
static inline bool gs_glyph_is_plain(char c)
{
    return c >= 0x20 && c < 0x7f;
}

/* Takes the next character of text (which is not at its NUL) and returns the bytes read. What must
 * not reach a terminal (controls, invalid bytes) becomes '?'; joiners and variation selectors, over
 * whose width terminals disagree, vanish (length 0). On ascii, letters lose their accents, lines
 * and boxes become their nearest ASCII signs, and the rest '?', a wide one twice. */
size_t gs_glyph_next(struct gs_glyph *glyph, const char *text, bool ascii);

/* Bars of a height from 1 to GS_GLYPH_BARS; and how high one is that is `value` beside one of the
 * full height that is `most`: 0 for none. */
enum { GS_GLYPH_BARS = 7 };
const char *gs_glyph_bar(int height, bool ascii);
int gs_glyph_bar_height(double value, double most);

#endif
