/* Where CPython keeps what is read without its functions, by version; offsetof in CPython's own
 * headers. They are part of the ABI that a version keeps from its first release on. */
#ifndef GS_PYTHON_CPYTHON_LAYOUT_H
#define GS_PYTHON_CPYTHON_LAYOUT_H

#include "python/cpython/cpython.h"

#include <stddef.h>

struct gs_layout {
    size_t frame;     /* in a thread state: its innermost frame, */
    size_t c_frame;   /* … or what has that at … */
    size_t c_current; /* … this place */
    size_t previous, code, instruction, owner, locals;
    size_t variables, file, function, bytes; /* in a code object */
    size_t ascii, unicode;                   /* text behind the head of a string object */
    int scale; /* instruction is a number of units of so many bytes; 0: an address */
};

/* What is the same in all of them: in an object its type, in a tuple or a string how long it is; in
 * a cell its value; in a tuple its first item; in a string how it is kept; in a type its name and
 * what it is derived from. */
enum {
    GS_HEAD_TYPE = 8,
    GS_HEAD_LENGTH = 16,
    GS_CELL_VALUE = 16,
    GS_TUPLE_FIRST = 24,
    GS_TEXT_STATE = 32,
    GS_TYPE_NAME = 24,
    GS_TYPE_BASE = 256
};

/* Who owns a frame: from this one on it is C's own, which stands between two evaluations and runs
 * no code (3.12 and later). */
enum { GS_FRAME_OF_C = 3 };

/* A version a row, by the 13 of 3.13. */
enum { GS_LAYOUTS = 14 };
extern const struct gs_layout gs_layouts[GS_LAYOUTS];

/* Of this process's Python; NULL: it is not known. */
static inline const struct gs_layout *gs_layout(void)
{
    return (unsigned)gs_cpython.minor < GS_LAYOUTS ? &gs_layouts[gs_cpython.minor] : NULL;
}

/* Characters of a string that is kept as its state says, at most so many, as UTF-8; cut at size. */
void gs_layout_text(unsigned state, const void *characters, size_t count, char *text, size_t size);
/* How many bytes it keeps a character in; where they begin. */
unsigned gs_layout_width(unsigned state);
size_t gs_layout_characters(const struct gs_layout *layout, unsigned state);

#endif
