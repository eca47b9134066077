/* Passes what a stage writes on to stderr, a line at a time, made safe to print. */
#ifndef GS_CLI_SAY_LINES_H
#define GS_CLI_SAY_LINES_H

#include <stdbool.h>
#include <stddef.h>

struct gs_lines {
    char line[2048]; /* not yet ended */
    size_t length;
    bool cut; /* a part of it has been passed on */
};

/* Has the shape of gs_stage_process_sink: context is a struct gs_lines. */
void gs_lines_pass(void *lines, const char *text, size_t length);
/* What came without a line's end. */
void gs_lines_finish(struct gs_lines *lines);

#endif
