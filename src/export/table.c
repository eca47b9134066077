#include "export/table.h"

void gs_table_print(const struct gs_table *table, const struct gs_printer *printer)
{
    int widths[GS_TABLE_COLUMNS];
    gs_table_widths(table, widths);
    for (size_t i = 0; i < table->cells.count; i++) {
        size_t column = i % table->columns;
        bool last = column + 1 == table->columns, left = gs_table_is_left(table, column);
        int width = last && left ? 0 : widths[column];
        if (column > 0)
            gs_print(printer, "  ");
        gs_print_cell(printer, left ? -width : width, table->cells.items[i].text);
        if (last)
            gs_print(printer, "\n");
    }
}
