#include "cli/say/lines.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

enum { LONGEST_VISIBLE = 4 }; /* of a byte: \xNN */

static void put(void *context, const char *line, size_t length)
{
    (void)context;
    size_t size = LONGEST_VISIBLE * length + 1;
    char *visible = malloc(size);
    if (!visible)
        abort();
    fprintf(stderr, "%s\n", gs_text_visible(visible, size, line, length));
    free(visible);
}

void gs_lines_pass(void *lines, const char *text, size_t length)
{
    gs_by_line_take(lines, text, length, put, NULL);
}

void gs_lines_finish(struct gs_by_line *lines)
{
    gs_by_line_finish(lines, put, NULL);
}
