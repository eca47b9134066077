/* Passes what a stage writes on to stderr, a line at a time, made safe to print. */
#ifndef GS_CLI_SAY_LINES_H
#define GS_CLI_SAY_LINES_H

#include "base/by_line.h"

/* Has the shape of gs_stage_process_sink: context is a struct gs_by_line. */
void gs_lines_pass(void *lines, const char *text, size_t length);
/* What came without a line's end. Frees what it needed. */
void gs_lines_finish(struct gs_by_line *lines);

#endif
