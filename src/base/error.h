/* The error value of the whole program: one line of text that says what went wrong, where, and
 * what to do about it. Functions that can fail for the world's reasons (a file, a scene, the
 * system) take a `struct gs_error *` last and return false or NULL after filling it; a program's
 * own mistakes are assertions instead. */
#ifndef GS_BASE_ERROR_H
#define GS_BASE_ERROR_H

#include <stdbool.h>

struct gs_error {
    char text[1024];
};

/* Fills err (which may be NULL: then the text is dropped) and returns false, so that a caller can
 * write `return gs_error_set(err, …)`. Text that does not fit is cut and ends in "...". */
bool gs_error_set(struct gs_error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same, with ": " and the text of errno value code behind. */
bool gs_error_system(struct gs_error *err, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
