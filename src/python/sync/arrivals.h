/* What arrives at who asks for it: the result of what an executor ran, which is the other end of a
 * message; and an error that somebody else has raised. With the GIL. */
#ifndef GS_PYTHON_SYNC_ARRIVALS_H
#define GS_PYTHON_SYNC_ARRIVALS_H

#include "python/sync/handed.h"
#include "python/watch/watch.h"

/* Who runs in the calling thread: its task, or itself. An actor. */
uint32_t gs_arrivals_getter(const struct gs_watched *self);

/* Its result, or its error, is here: that is told once, of the first who gets it. A message goes
 * from one to one, and who asks again, or another one, takes nothing that was not taken. So does
 * who ran it, in a callback of the future's. */
void gs_arrivals_got(struct gs_watched *self, struct gs_handed *handed);

/* An error that arrives. */
struct gs_failure {
    gs_py *error;
    struct gs_raised raised;
    uint32_t actor; /* at whom it arrives, … */
    uint32_t line;  /* … where; 0: not known */
    uint16_t place;
};

/* Fills in where the error was raised, as its traceback says: while it is new, before who asks for
 * it raises it once more. */
void gs_raised_look(struct gs_raised *raised, gs_py *error);

enum { GS_FAILURE_SIZE = 768 };

/* What failed, whose it was, where it was raised. Cut at size. */
void gs_failure_words(const struct gs_failure *failure, char *text, size_t size);

/* A note about the actor, with those words. */
void gs_failure_tell(struct gs_watched *self, const struct gs_failure *failure, const char *words);

#endif
