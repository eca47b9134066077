/* What a benchmark measured several times: sorted, and asked for its median and the like. */
#ifndef GS_SUPPORT_SAMPLE_H
#define GS_SUPPORT_SAMPLE_H

#include "base/vec.h"

struct gs_sample {
    GS_VEC(double) values;
};

void gs_sample_add(struct gs_sample *sample, double value);

/* The value below which that share of the values lies (0.5: the median); 0 if there is none. */
double gs_sample_at(struct gs_sample *sample, double share);
double gs_sample_median(struct gs_sample *sample);

/* The standard error of the median, from the values' own spread: 1.2533 sigma / sqrt(n), sigma
 * taken as 1.4826 times the median distance from the median, which a few wild values do not move
 * (Rousseeuw and Croux, 1993). */
double gs_sample_error(const struct gs_sample *sample);

void gs_sample_free(struct gs_sample *sample);

#endif
