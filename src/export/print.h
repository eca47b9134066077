/* Lines of text for the exporters that people read: on ASCII output everything is transliterated
 * as the canvas does it, and what a scene said is made safe to print. Private to export/. */
#ifndef GS_EXPORT_PRINT_H
#define GS_EXPORT_PRINT_H

#include "draw/canvas.h"
#include "export/export.h"

struct gs_printer {
    FILE *out;
    bool ascii, colour;
    int width; /* where gs_print_wrapped breaks lines, and what tables keep to */
};

/* For what is drawn: as wide as the source says, or 80 columns. For what is counted: without a
 * limit then. */
struct gs_printer gs_printer_of(FILE *out, const struct gs_export_source *source);
struct gs_printer gs_printer_of_figures(FILE *out, const struct gs_export_source *source);

/* Text that is safe already. */
void gs_print(const struct gs_printer *printer, const char *text);
void gs_printf(const struct gs_printer *printer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Text from outside, made safe; NULL is "". */
void gs_print_visible(const struct gs_printer *printer, const char *text);

/* Text in a column so many cells wide, to the right; to the left if width is negative. */
void gs_print_cell(const struct gs_printer *printer, int width, const char *text);

/* Text at the end of a line of which `used` columns are full: broken at blanks, further lines
 * indented by as many; with the line's end. */
void gs_print_wrapped(const struct gs_printer *printer, int used, const char *text);

/* What was run and by which rules; the first rows of a picture; and cells of one row, with no end
 * of the line. */
void gs_print_heading(const struct gs_printer *printer, const struct gs_export_source *source);
void gs_print_canvas(const struct gs_printer *printer, const struct gs_canvas *canvas, int rows);
void gs_print_cells(const struct gs_printer *printer, const struct gs_canvas *canvas, int y,
                    int from, int until);

/* The sequence (SGR) that sets a cell's look in a terminal of 256 colours, whatever was set before;
 * "": it has none of its own. */
enum { GS_LOOK_SIZE = 48 };
void gs_print_look(char *sgr, size_t size, const struct gs_cell *cell);

/* A string of the trace, whole and safe to print, to be freed. */
char *gs_print_string(const struct gs_tables *tables, uint64_t string);
/* The text of an event, likewise; without the "deadlock: " or "stall: " that a deadlock's begins
 * with, since it is printed behind that word. */
char *gs_print_event(const struct gs_tables *tables, const struct gs_event *event);
/* "deadlock", or "stall" where nobody waits in a circle. */
const char *gs_print_deadlock_word(const struct gs_event *event);

/* ", no room for 3 names", if there are any. */
void gs_print_left_out(const struct gs_printer *printer, uint64_t names);

/* False, with the system's reason, if anything could not be written. */
bool gs_print_end(const struct gs_printer *printer, struct gs_error *err);

#endif
