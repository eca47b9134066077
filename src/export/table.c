/* A table that is wider than the page comes in parts below each other: each has the first column,
 * which tells the rows apart, and as many of the others as fit. Text is cut before that, down to
 * what can still be told apart; numbers and their units never are. */
#include "export/table.h"

#include "draw/shorten.h"

enum { GAP = 2, LEAST_TEXT = 16, LEAST_WORD = 4 };

/* Columns of the table side by side: the first, and those from `from` to before `until`. */
struct part {
    size_t from, until;
    int widths[GS_TABLE_COLUMNS];
};

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static bool has(const struct part *part, size_t column)
{
    return column == 0 || (column >= part->from && column < part->until);
}

static int width_of(const struct part *part, const int widths[GS_TABLE_COLUMNS])
{
    int width = widths[0];
    for (size_t c = part->from; c < part->until; c++)
        width += GAP + widths[c];
    return width;
}

/* What a column cannot do without: of one of numbers all but its title's end. */
static void least_widths(const struct gs_table *table, int least[GS_TABLE_COLUMNS])
{
    for (size_t c = 0; c < table->columns; c++)
        least[c] = LEAST_WORD;
    for (size_t i = table->columns; i < table->cells.count; i++) {
        size_t c = i % table->columns;
        int width = gs_text_width(table->cells.items[i].text);
        if (!gs_table_is_left(table, c) && width > least[c])
            least[c] = width;
    }
}

/* The widest text gives way first, then the widest title. */
static size_t widest(const struct gs_table *table, const struct part *part,
                     const int least[GS_TABLE_COLUMNS], bool text)
{
    size_t found = GS_TABLE_COLUMNS;
    for (size_t c = 0; c < part->until; c++)
        if (has(part, c) && gs_table_is_left(table, c) == text && part->widths[c] > least[c] &&
            (found == GS_TABLE_COLUMNS || part->widths[c] > part->widths[found]))
            found = c;
    return found;
}

static void fit(const struct gs_table *table, struct part *part, int page)
{
    int least[GS_TABLE_COLUMNS];
    least_widths(table, least);
    while (width_of(part, part->widths) > page) {
        size_t c = widest(table, part, least, true);
        if (c == GS_TABLE_COLUMNS)
            c = widest(table, part, least, false);
        if (c == GS_TABLE_COLUMNS)
            return;
        part->widths[c]--;
    }
}

/* The part ends before a column that could stand alone, if there is one. */
static void end_before_joined(const struct gs_table *table, struct part *part)
{
    size_t until = part->until;
    while (until > part->from && until < table->columns && table->joined >> until & 1)
        until--;
    if (until > part->from)
        part->until = until;
}

/* As many columns from `from` on as the page has room for, and one at least. */
static struct part part_from(const struct gs_table *table, size_t from, int page)
{
    struct part part = {.from = from, .until = from};
    int needed[GS_TABLE_COLUMNS];
    gs_table_widths(table, part.widths);
    for (size_t c = 0; c < table->columns; c++)
        needed[c] =
            gs_table_is_left(table, c) ? smaller(part.widths[c], LEAST_TEXT) : part.widths[c];
    while (part.until < table->columns) {
        part.until++;
        if (part.until > from + 1 && width_of(&part, needed) > page) {
            part.until--;
            break;
        }
    }
    end_before_joined(table, &part);
    fit(table, &part, page);
    return part;
}

static void print_part(const struct gs_table *table, const struct gs_printer *printer,
                       const struct part *part)
{
    char text[GS_TABLE_CELL + 8];
    for (size_t i = 0; i < table->cells.count; i++) {
        size_t column = i % table->columns;
        if (!has(part, column))
            continue;
        bool last = column + 1 == part->until;
        bool left = gs_table_is_left(table, column);
        int width = part->widths[column];
        if (column > 0)
            gs_print(printer, "  ");
        gs_shorten(text, sizeof text, table->cells.items[i].text, width);
        gs_print_cell(printer, last && left ? 0 : left ? -width : width, text);
        if (last)
            gs_print(printer, "\n");
    }
}

void gs_table_print(const struct gs_table *table, const struct gs_printer *printer)
{
    for (size_t from = 1; from < table->columns;) {
        struct part part = part_from(table, from, printer->width);
        gs_print(printer, from > 1 ? "\n" : "");
        print_part(table, printer, &part);
        from = part.until;
    }
}
