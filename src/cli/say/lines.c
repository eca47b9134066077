#include "cli/say/lines.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

void gs_lines_finish(struct gs_lines *lines)
{
    char visible[4 * sizeof lines->line + 1];
    if (lines->length == 0)
        return;
    gs_text_visible(visible, sizeof visible, lines->line, lines->length);
    fprintf(stderr, "%s\n", visible);
    lines->length = 0;
}

void gs_lines_pass(void *context, const char *text, size_t length)
{
    struct gs_lines *lines = context;
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '\n')
            lines->line[lines->length++] = text[i];
        if (text[i] == '\n' || lines->length == sizeof lines->line)
            gs_lines_finish(lines);
    }
}
