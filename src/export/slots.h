/* Stretches that may overlap, in as few rows as they need: each goes into the first that is free by
 * then. To be put in by their starts. Private to export/. */
#ifndef GS_EXPORT_SLOTS_H
#define GS_EXPORT_SLOTS_H

#include "base/vec.h"

#include <stdint.h>

struct gs_slots {
    GS_VEC(uint64_t) ends; /* by row: of its last stretch */
};

/* Its row, from 0; one that is as large as there were rows is new. */
static inline size_t gs_slots_take(struct gs_slots *slots, uint64_t start, uint64_t end)
{
    size_t row = 0;
    while (row < slots->ends.count && slots->ends.items[row] > start)
        row++;
    if (row == slots->ends.count)
        gs_vec_push(&slots->ends, end);
    slots->ends.items[row] = end;
    return row;
}

#endif
