/* What a Python file says of itself in its docstring: the first line is the title, then comes the
 * summary; lines `key: value` at its end are knobs. Read without running the file. */
#ifndef GS_PYTHON_LAUNCH_PAGE_H
#define GS_PYTHON_LAUNCH_PAGE_H

#include "base/error.h"
#include "trace/control.h"

#include <stdint.h>

struct gs_page {
    char title[160], chapter[64], from[160], summary[1024];
    uint32_t cores;       /* 0: not said */
    uint32_t clock;       /* enum gs_clock_kind; 0: not said */
    uint64_t interval_ns; /* 0: not said */
    double speed;         /* 0: not said */
    enum gs_expectation expects;
};

/* A file without a docstring has an empty page. False with err: it cannot be read, or a knob's
 * value makes no sense. */
bool gs_page_read(const char *path, struct gs_page *page, struct gs_error *err);

/* The same of a docstring's text; file is for err. */
bool gs_page_parse(const char *text, const char *file, struct gs_page *page, struct gs_error *err);

#endif
