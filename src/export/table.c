#include "export/table.h"

#include "draw/canvas.h"

#include <stdarg.h>
#include <stdlib.h>

void gs_table_cell(struct gs_table *table, const char *format, ...)
{
    struct gs_table_cell *cell = gs_vec_add(&table->cells);
    va_list args;
    va_start(args, format);
    vsnprintf(cell->text, sizeof cell->text, format, args);
    va_end(args);
}

static void measure(const struct gs_table *table, int widths[GS_TABLE_COLUMNS])
{
    for (size_t i = 0; i < table->cells.count; i++) {
        int width = gs_text_width(table->cells.items[i].text),
            *widest = &widths[i % table->columns];
        *widest = width > *widest ? width : *widest;
    }
}

void gs_table_print(const struct gs_table *table, const struct gs_printer *printer)
{
    int widths[GS_TABLE_COLUMNS] = {0};
    measure(table, widths);
    for (size_t i = 0; i < table->cells.count; i++) {
        size_t column = i % table->columns;
        bool last = column + 1 == table->columns;
        bool left = column == 0 || (table->left >> column & 1);
        int width = last && left ? 0 : widths[column];
        if (column > 0)
            gs_print(printer, "  ");
        gs_print_cell(printer, left ? -width : width, table->cells.items[i].text);
        if (last)
            gs_print(printer, "\n");
    }
}

void gs_table_free(struct gs_table *table)
{
    gs_vec_free(&table->cells);
}
