#include "python/cpython/spin.h"

#include <string.h>

/* offsetof in the headers of 3.10 and 3.11, see frames.c; the instructions from their opcode.h. */
enum {
    CODE_OF_310 = 32,
    LAST_OF_310 = 96,
    BYTES_OF_310 = 48, /* in a code object: a bytes object … */
    BYTES = 32,        /* … and what lies in that */
    SHOW_OF_310 = 85,
    FRAME_OF_311 = 24,
    INSTRUCTION_OF_311 = 56,
    SHOW_OF_311 = 45,
};
enum {
    JUMP_ABSOLUTE = 113, /* of 3.10: to the instruction of that number */
    JUMP_BACKWARD = 140, /* of 3.11: so many instructions back from the next one … */
    JUMP_BACKWARD_QUICK = 38,
    EXTENDED_ARG = 144, /* higher bits of the next instruction's argument */
};

static const uint8_t *follow(const void *object, size_t place)
{
    const uint8_t *value;
    memcpy(&value, (const char *)object + place, sizeof value);
    return value;
}

/* The frame stands at the first EXTENDED_ARG, if the number has more than 8 bits. */
static bool at_310(gs_py *frame)
{
    unsigned number, to = 0;
    memcpy(&number, (const char *)frame + LAST_OF_310, sizeof number);
    const uint8_t *at =
        follow(follow(frame, CODE_OF_310), BYTES_OF_310) + BYTES + 2 * (size_t)number;
    for (; at[0] == EXTENDED_ARG; at += 2)
        to = to << 8 | at[1];
    return at[0] == JUMP_ABSOLUTE && (to << 8 | at[1]) == number;
}

static bool at_311(gs_py *frame)
{
    const uint8_t *at = follow(follow(frame, FRAME_OF_311), INSTRUCTION_OF_311);
    return (at[0] == JUMP_BACKWARD || at[0] == JUMP_BACKWARD_QUICK) && at[1] == 1;
}

bool gs_spin_at(gs_py *frame)
{
    if (gs_cpython.minor == 11)
        return at_311(frame);
    return gs_cpython.minor == 10 && at_310(frame);
}

void gs_spin_show(gs_py *frame)
{
    ((char *)frame)[gs_cpython.minor == 10 ? SHOW_OF_310 : SHOW_OF_311] = 1;
}
