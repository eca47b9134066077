/* A table of text: as wide as its content, the first column and those said to be text to the left,
 * numbers to the right. Who shows it decides how: an exporter prints its lines, a pane draws them.
 */
#ifndef GS_DRAW_TABLE_H
#define GS_DRAW_TABLE_H

#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

enum { GS_TABLE_CELL = 160, GS_TABLE_COLUMNS = 32 };

struct gs_table_cell {
    char text[GS_TABLE_CELL];
};

struct gs_table {
    size_t columns;  /* at most GS_TABLE_COLUMNS */
    uint32_t left;   /* bit c: column c is text */
    uint32_t joined; /* bit c: column c means nothing without the one before: "median", "p99" */
    GS_VEC(struct gs_table_cell) cells;
};

/* The next cell, row by row from the left; the first row are the titles. */
void gs_table_cell(struct gs_table *table, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Cells of the widest text of each column. */
void gs_table_widths(const struct gs_table *table, int widths[GS_TABLE_COLUMNS]);
bool gs_table_is_left(const struct gs_table *table, size_t column);
void gs_table_free(struct gs_table *table);

#endif
