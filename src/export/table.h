/* A table as lines of text. Private to export/. */
#ifndef GS_EXPORT_TABLE_H
#define GS_EXPORT_TABLE_H

#include "draw/table.h"
#include "export/print.h"

void gs_table_print(const struct gs_table *table, const struct gs_printer *printer);

#endif
