#include "cli/say/lines.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

static void put(struct gs_lines *lines)
{
    char visible[4 * sizeof lines->line + 1];
    gs_text_visible(visible, sizeof visible, lines->line, lines->length);
    fprintf(stderr, "%s\n", visible);
    lines->length = 0;
}

void gs_lines_finish(struct gs_lines *lines)
{
    if (lines->length)
        put(lines);
    lines->cut = false;
}

/* An empty line is one, unless it is the end of one that was too long. */
static void end_line(struct gs_lines *lines)
{
    if (lines->length || !lines->cut)
        put(lines);
    lines->cut = false;
}

void gs_lines_pass(void *context, const char *text, size_t length)
{
    struct gs_lines *lines = context;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n') {
            end_line(lines);
            continue;
        }
        lines->line[lines->length++] = text[i];
        if (lines->length == sizeof lines->line) {
            put(lines);
            lines->cut = true;
        }
    }
}
