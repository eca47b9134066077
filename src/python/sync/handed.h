/* What has been submitted to an executor, by the future of its result: who waits for that waits for
 * whoever takes the item, or for somebody to take it; and who gets it gets it from whoever ran the
 * item. Known for as long as the future is there. With the GIL. */
#ifndef GS_PYTHON_SYNC_HANDED_H
#define GS_PYTHON_SYNC_HANDED_H

#include "python/cpython/cpython.h"

/* What is run, and what an error of it is known by. */
struct gs_raised {
    uint32_t what;  /* string: which function; 0: not known */
    uint32_t whose; /* actor: who runs it; 0: not known */
    uint32_t line;  /* where the error was raised; 0: not known */
    uint16_t place;
};

struct gs_handed {
    uint64_t item;    /* the number of its message and, in the lower half, the queue that it went
                         into, as in an event; none: another process was given it */
    uint32_t results; /* object: through which its result goes, by the same number; 0: none */
    uint32_t by;      /* actor: who has come to its end; 0: it is not done */
    bool got;         /* by somebody else, for the first time */
    struct gs_raised raised;
};

/* In the place of what had the future's address before. The future can be referred to weakly, and
 * is not kept. */
void gs_handed_note(gs_py *future, struct gs_handed handed);
/* NULL: no executor was given it. Until the next one is noted. */
struct gs_handed *gs_handed_find(const gs_py *future);
/* … that is done. */
struct gs_handed *gs_handed_done(const gs_py *future);
/* Whether there is any at all. */
bool gs_handed_any(void);
/* The other future is what it is known by from now on. */
void gs_handed_move(const gs_py *future, gs_py *other);
/* If it is not done: it never will be. */
void gs_handed_over(const gs_py *future);

/* The process has been forked: what its parent handed out comes to the parent. */
void gs_handed_forget(void);

#endif
