/* Pictures in tests: draws lanes and compares them, line by line, with what a test expects. */
#ifndef GS_TEST_PICTURE_H
#define GS_TEST_PICTURE_H

#include "draw/lanes.h"

/* A view of the whole timeline: rows are built, no cursor, with total. Free the rows. */
struct gs_lanes_view picture_view(const struct gs_timeline *timeline, struct gs_rows *rows,
                                  int width);

/* Draws view and its legend, and fails unless the rows are expected[0 … NULL). What was drawn is
 * then printed as C strings. */
void picture_is(const struct gs_lanes_view *view, bool ascii, const char *const *expected);

/* The same for any canvas, rows behind the last expected one must be blank. */
void canvas_is(const struct gs_canvas *canvas, const char *const *expected);

#endif
