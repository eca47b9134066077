/* How several pictures share the rows of a screen, one below the other: fairly, and nobody gets
 * more than it needs. Where not all have room for the least, as many as have stand around the
 * selected one. Pure arithmetic. */
#ifndef GS_TUI_VIEWS_COMPARE_STRIPS_H
#define GS_TUI_VIEWS_COMPARE_STRIPS_H

#include <stddef.h>

enum { GS_STRIP_LEAST = 3 /* rows: a heading and two lanes */ };

struct gs_strip {
    int need;   /* the rows that it would like */
    int own;    /* of these so many that the others have nothing beside: a GIL's. 0 or 1 */
    int height; /* filled in; 0: it is not shown */
};

/* Beside what is a strip's own, all that get less than they need get the same: rows that do not go
 * round stay free. *first: the first that is shown, kept from one call to the next. */
void gs_strips_share(struct gs_strip *strips, size_t count, int rows, size_t selected,
                     size_t *first);

#endif
