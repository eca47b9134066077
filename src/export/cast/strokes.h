/* From one picture to the next as a terminal is told: the cells that differ, each run of them with
 * the cursor's way there and its colours. */
#ifndef GS_EXPORT_CAST_STROKES_H
#define GS_EXPORT_CAST_STROKES_H

#include "draw/canvas.h"

#include <stdbool.h>
#include <stdio.h>

/* Writes what makes the picture `shown` the next one, of the same size, and lets shown be that;
 * nothing where they are alike. A terminal of any colours has none on before and after. */
void gs_strokes_write(FILE *out, struct gs_canvas *shown, const struct gs_canvas *next,
                      bool colour);

#endif
