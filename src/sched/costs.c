#include "sched/costs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    const char *name, *doc;
    uint64_t ns, least;
};

static const struct entry table[GS_COSTS] = {
#define GS_COST(cost, value, minimum, text)                                                        \
    [GS_COST_##cost] = {.name = #cost, .doc = text, .ns = value, .least = minimum},
#include "sched/costs.def"
#undef GS_COST
};

void gs_costs_init(struct gs_costs *costs)
{
    for (int i = 0; i < GS_COSTS; i++)
        costs->ns[i] = table[i].ns;
}

static int find(const char *name, size_t length)
{
    for (int i = 0; i < GS_COSTS; i++) {
        if (strlen(table[i].name) == length && memcmp(table[i].name, name, length) == 0)
            return i;
    }
    return -1;
}

/* Names what there is from the one table, so that a new cost cannot be missing here. */
static bool unknown(const char *name, size_t length, struct gs_error *err)
{
    char names[256] = "";
    for (int i = 0; i < GS_COSTS; i++) {
        size_t used = strlen(names);
        snprintf(names + used, sizeof names - used, "%s%s", i ? ", " : "", table[i].name);
    }
    return gs_error_set(err, "there is no cost named '%.*s'; there are: %s", (int)length, name,
                        names);
}

static bool apply_one(struct gs_costs *costs, const char *text, size_t length, struct gs_error *err)
{
    const char *equals = memchr(text, '=', length);
    if (!equals)
        return gs_error_set(err, "cost '%.*s': write it as name=nanoseconds", (int)length, text);
    int i = find(text, (size_t)(equals - text));
    if (i < 0)
        return unknown(text, (size_t)(equals - text), err);
    char *end;
    double value = strtod(equals + 1, &end);
    double least = (double)table[i].least;
    if (end != text + length || end == equals + 1 || !(value >= least && value <= 1e12))
        return gs_error_set(err, "cost '%.*s': the value must be nanoseconds from %.0f to 10^12",
                            (int)length, text, least);
    costs->ns[i] = (uint64_t)value;
    return true;
}

bool gs_costs_apply(struct gs_costs *costs, const char *text, struct gs_error *err)
{
    while (*text) {
        size_t length = strcspn(text, ",");
        if (!apply_one(costs, text, length, err))
            return false;
        text += length + (text[length] == ',');
    }
    return true;
}

const char *gs_cost_name(enum gs_cost cost)
{
    return table[cost].name;
}

const char *gs_cost_doc(enum gs_cost cost)
{
    return table[cost].doc;
}
