#include "cli/options/values.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool gs_value_wrong(const struct gs_value *value, const char *expected, struct gs_error *err)
{
    return gs_error_set(err, "--%s is %s, not '%s'", value->option, expected, value->text);
}

static bool __attribute__((format(printf, 3, 4)))
wrong(struct gs_error *err, const struct gs_value *value, const char *format, ...)
{
    char expected[128];
    va_list args;
    va_start(args, format);
    vsnprintf(expected, sizeof expected, format, args);
    va_end(args);
    return gs_value_wrong(value, expected, err);
}

bool gs_value_number(const struct gs_value *from, double least, double most, double *value,
                     struct gs_error *err)
{
    char *end;
    *value = strtod(from->text, &end);
    return (end != from->text && *end == '\0' && *value >= least && *value <= most) ||
           wrong(err, from, "a number from %.9g to %.9g", least, most);
}

bool gs_value_count(const struct gs_value *from, uint64_t least, uint64_t most, uint64_t *value,
                    struct gs_error *err)
{
    char *end;
    errno = 0;
    *value = strtoull(from->text, &end, 10);
    return (from->text[0] >= '0' && from->text[0] <= '9' && *end == '\0' && errno == 0 &&
            *value >= least && *value <= most) ||
           wrong(err, from, "a whole number from %" PRIu64 " to %" PRIu64, least, most);
}

bool gs_value_word(const struct gs_value *from, const char *const *words, const char *expected,
                   unsigned *value, struct gs_error *err)
{
    for (unsigned i = 0; words[i]; i++) {
        if (strcmp(from->text, words[i]) == 0) {
            *value = i + 1;
            return true;
        }
    }
    return gs_value_wrong(from, expected, err);
}

/* By how many bits a unit's letter shifts; -1: there is no such unit. */
static int unit_bits(const char *unit)
{
    static const char letters[] = "KMGT";
    const char *letter = *unit ? strchr(letters, *unit) : NULL;
    if (*unit == '\0')
        return 0;
    return letter && unit[1] == '\0' ? 10 * (int)(letter - letters + 1) : -1;
}

bool gs_value_size(const struct gs_value *from, uint64_t least, uint64_t *bytes,
                   struct gs_error *err)
{
    char *unit;
    errno = 0;
    uint64_t number = strtoull(from->text, &unit, 10);
    int bits = unit_bits(unit);
    *bytes = number << (bits > 0 ? bits : 0);
    if (from->text[0] >= '0' && from->text[0] <= '9' && errno == 0 && bits >= 0 &&
        *bytes >> bits == number && *bytes >= least)
        return true;
    return wrong(err, from, "a size such as 512M or 2G, %" PRIu64 "M at least", least >> 20);
}

/* 0: there is no such unit. */
static double unit_ns(const char *unit)
{
    static const struct {
        const char *name;
        double ns;
    } units[] = {{"", 1e9},   {"s", 1e9},  {"ms", 1e6}, {"us", 1e3},
                 {"µs", 1e3}, {"μs", 1e3}, {"ns", 1}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(unit, units[i].name) == 0)
            return units[i].ns;
    return 0;
}

bool gs_value_time(const struct gs_value *from, uint64_t *ns, struct gs_error *err)
{
    char *unit;
    double value = strtod(from->text, &unit) * unit_ns(unit);
    if (unit == from->text || !(value >= 1 && value <= 1e15))
        return wrong(err, from, "a time such as 2s, 2.5s or 300ms, 1e6 s at most");
    *ns = (uint64_t)llround(value);
    return true;
}
