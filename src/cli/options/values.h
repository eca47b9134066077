/* Values of options, read strictly: the whole text, within limits. False, with what was expected in
 * err: "--cores is a whole number from 1 to 256, not '0'". */
#ifndef GS_CLI_OPTIONS_VALUES_H
#define GS_CLI_OPTIONS_VALUES_H

#include "base/error.h"

#include <stdint.h>

struct gs_value {
    const char *option; /* without its dashes */
    const char *text;
};

/* Says so, and returns false. */
bool gs_value_wrong(const struct gs_value *value, const char *expected, struct gs_error *err);

bool gs_value_number(const struct gs_value *from, double least, double most, double *value,
                     struct gs_error *err);
bool gs_value_count(const struct gs_value *from, uint64_t least, uint64_t most, uint64_t *value,
                    struct gs_error *err);
/* words are in the order of an enum that starts at 1, NULL at their end; expected lists them. */
bool gs_value_word(const struct gs_value *from, const char *const *words, const char *expected,
                   unsigned *value, struct gs_error *err);
/* "67108864", "64M", "1G": in powers of 1024. */
bool gs_value_size(const struct gs_value *from, uint64_t least, uint64_t *bytes,
                   struct gs_error *err);
/* "2", "2s", "300ms", "50us", "50µs", "7ns" → ns. */
bool gs_value_time(const struct gs_value *from, uint64_t *ns, struct gs_error *err);

#endif
