#include "draw/table.h"

#include "draw/canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void gs_table_cell(struct gs_table *table, const char *format, ...)
{
    struct gs_table_cell *cell = gs_vec_add(&table->cells);
    va_list args;
    va_start(args, format);
    vsnprintf(cell->text, sizeof cell->text, format, args);
    va_end(args);
}

void gs_table_widths(const struct gs_table *table, int widths[GS_TABLE_COLUMNS])
{
    for (size_t c = 0; c < GS_TABLE_COLUMNS; c++)
        widths[c] = 0;
    for (size_t i = 0; i < table->cells.count; i++) {
        int width = gs_text_width(table->cells.items[i].text),
            *widest = &widths[i % table->columns];
        *widest = width > *widest ? width : *widest;
    }
}

bool gs_table_is_left(const struct gs_table *table, size_t column)
{
    return column == 0 || (table->left >> column & 1);
}

void gs_table_free(struct gs_table *table)
{
    gs_vec_free(&table->cells);
}
