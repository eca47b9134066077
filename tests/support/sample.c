#include "support/sample.h"

#include <math.h>
#include <stdlib.h>

void gs_sample_add(struct gs_sample *sample, double value)
{
    gs_vec_push(&sample->values, value);
}

static int by_number(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

double gs_sample_at(struct gs_sample *sample, double share)
{
    size_t count = sample->values.count;
    if (count == 0)
        return 0;
    qsort(sample->values.items, count, sizeof *sample->values.items, by_number);
    size_t i = (size_t)(share * (double)count);
    return sample->values.items[i < count ? i : count - 1];
}

double gs_sample_median(struct gs_sample *sample)
{
    return gs_sample_at(sample, 0.5);
}

double gs_sample_error(const struct gs_sample *sample)
{
    struct gs_sample copy = {0}, distances = {0};
    for (size_t i = 0; i < sample->values.count; i++)
        gs_sample_add(&copy, sample->values.items[i]);
    double median = gs_sample_median(&copy);
    for (size_t i = 0; i < copy.values.count; i++)
        gs_sample_add(&distances, fabs(copy.values.items[i] - median));
    double error = copy.values.count ? 1.2533 * 1.4826 * gs_sample_median(&distances) /
                                           sqrt((double)copy.values.count)
                                     : 0;
    gs_sample_free(&copy);
    gs_sample_free(&distances);
    return error;
}

void gs_sample_free(struct gs_sample *sample)
{
    gs_vec_free(&sample->values);
}
