/* How several pictures share the rows of a screen, one below the other: fairly, and nobody gets
 * more than it needs. Where not all have room for the least, as many as have stand around the
 * selected one. Pure arithmetic. */
#ifndef GS_TUI_VIEWS_COMPARE_STRIPS_H
#define GS_TUI_VIEWS_COMPARE_STRIPS_H

#include <stddef.h>

enum { GS_STRIP_LEAST = 3 /* rows: a heading and two lanes */ };

/* need[0 … count): the rows that each would like. Fills height[0 … count), 0 for those that are not
 * shown. *first: the first that is shown, kept from one call to the next. */
void gs_strips_share(const int *need, size_t count, int rows, size_t selected, size_t *first,
                     int *height);

#endif
