#include "python/cpython/layout.h"

#include <stdint.h>

const struct gs_layout gs_layouts[GS_LAYOUTS] = {
#define GS_LAYOUT(minor, frame_, c_frame_, c_current_, previous_, code_, instruction_, owner_,     \
                  locals_, variables_, file_, function_, bytes_, ascii_, unicode_, scale_)         \
    [minor] = {.frame = (frame_),                                                                  \
               .c_frame = (c_frame_),                                                              \
               .c_current = (c_current_),                                                          \
               .previous = (previous_),                                                            \
               .code = (code_),                                                                    \
               .instruction = (instruction_),                                                      \
               .owner = (owner_),                                                                  \
               .locals = (locals_),                                                                \
               .variables = (variables_),                                                          \
               .file = (file_),                                                                    \
               .function = (function_),                                                            \
               .bytes = (bytes_),                                                                  \
               .ascii = (ascii_),                                                                  \
               .unicode = (unicode_),                                                              \
               .scale = (scale_)},
#include "python/cpython/layouts.def"
#undef GS_LAYOUT
};

static uint32_t character(const void *text, unsigned width, size_t i)
{
    return width == 1   ? ((const uint8_t *)text)[i]
           : width == 2 ? ((const uint16_t *)text)[i]
                        : ((const uint32_t *)text)[i];
}

static size_t encode(char to[4], uint32_t c)
{
    if (c < 0x80)
        return to[0] = (char)c, 1;
    if (c < 0x800)
        return to[0] = (char)(0xc0 | c >> 6), to[1] = (char)(0x80 | (c & 0x3f)), 2;
    if (c < 0x10000)
        return to[0] = (char)(0xe0 | c >> 12), to[1] = (char)(0x80 | (c >> 6 & 0x3f)),
               to[2] = (char)(0x80 | (c & 0x3f)), 3;
    return to[0] = (char)(0xf0 | c >> 18), to[1] = (char)(0x80 | (c >> 12 & 0x3f)),
           to[2] = (char)(0x80 | (c >> 6 & 0x3f)), to[3] = (char)(0x80 | (c & 0x3f)), 4;
}

unsigned gs_layout_width(unsigned state)
{
    enum { KIND_SHIFT = 2 };
    return state >> KIND_SHIFT & 7;
}

size_t gs_layout_characters(const struct gs_layout *layout, unsigned state)
{
    enum { ASCII = 1 << 6 };
    return state & ASCII ? layout->ascii : layout->unicode;
}

void gs_layout_text(unsigned state, const void *characters, size_t count, char *text, size_t size)
{
    size_t used = 0;
    for (size_t i = 0; i < count && used + 5 < size; i++)
        used += encode(text + used, character(characters, gs_layout_width(state), i));
    text[used] = '\0';
}
