/* The ways that threads go from a line of the user's own into the library: some two or three
 * functions, as a rule, and the same ones again and again. To see that a way is one that is known
 * takes a tenth of what it takes to find out what it says: so what has been found out about it is
 * kept with it. May be asked by whom frames.h says. */
#ifndef GS_PYTHON_CPYTHON_WAYS_H
#define GS_PYTHON_CPYTHON_WAYS_H

#include "python/cpython/frames.h"

enum { GS_WAY_STEPS = 6 };

/* A function on it. What it is named with stands here since another one's code may come to lie
 * where its code was. */
struct gs_way_step {
    const gs_py *code, *file, *function; /* the last two: strings, by their addresses */
    const gs_py *type; /* of its first argument, NULL: it has none; not of the user's own */
    int offset;
};

struct gs_way {
    unsigned steps; /* from the innermost function to the user's own, which is the last; 0: none */
    struct gs_way_step step[GS_WAY_STEPS];
    struct gs_text_object file; /* the last step's */
    bool program_known;         /* see gs_spot_program_known, when it was gone first */

    /* What who asks keeps here. */
    bool placed; /* where the thread is: see gs_places_look */
    uint32_t line;
    uint16_t place;
    bool described; /* what it waits for: see objects.c; … */
    bool called;    /* … by the step itself that the user's own called, … */
    bool inside;    /* … or it is an event of the library's own, … */
    uint8_t kind;   /* … enum gs_object_kind, … */
    uint8_t about;  /* … the step whose first argument that is */
};

/* The way that the thread has gone, and its frames. The calling thread's own copy, until it asks
 * again. NULL: it is longer, has other functions than the library's between, or begins in none of
 * the user's own. thread may be NULL. */
struct gs_way *gs_way_of(gs_py *thread, struct gs_frame frames[GS_WAY_STEPS]);

#endif
