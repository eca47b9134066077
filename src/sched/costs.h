/* The cost model of the virtual clock: see costs.def for the table and what each entry means. */
#ifndef GS_SCHED_COSTS_H
#define GS_SCHED_COSTS_H

#include "base/error.h"

#include <stdint.h>

enum gs_cost {
#define GS_COST(name, ns, least, doc) GS_COST_##name,
#include "sched/costs.def"
#undef GS_COST
    GS_COSTS
};

struct gs_costs {
    uint64_t ns[GS_COSTS];
};

void gs_costs_init(struct gs_costs *costs);

/* Applies "instruction=20,spawn=90000" (ns) over what is there. False names the entry that is not
 * in the table, or the value that is no number from its least to 10^12. */
bool gs_costs_apply(struct gs_costs *costs, const char *text, struct gs_error *err);

const char *gs_cost_name(enum gs_cost cost);
const char *gs_cost_doc(enum gs_cost cost);

#endif
