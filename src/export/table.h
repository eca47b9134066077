/* A table as lines of text. Private to export/. */
#ifndef GS_EXPORT_TABLE_H
#define GS_EXPORT_TABLE_H

#include "draw/table.h"
#include "export/print.h"

/* At least two columns, in lines no wider than the printer's, if numbers let that be. */
void gs_table_print(const struct gs_table *table, const struct gs_printer *printer);

#endif
