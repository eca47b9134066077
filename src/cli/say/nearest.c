#include "cli/say/nearest.h"

#include <string.h>

#define LONGEST 63

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to insert, delete, change, or swap with a neighbour until a is b. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_length; j++)
        above[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return above[b_length];
}

const char *gs_cli_nearest(const char *typed, const char *const *words)
{
    size_t length = strlen(typed);
    size_t best = length / 3 + 2; /* further away, it is another word */
    const char *nearest = NULL;
    for (; *words && length <= LONGEST; words++) {
        size_t n = strlen(*words);
        size_t d = n <= LONGEST ? distance(typed, length, *words, n) : best;
        if (d < best && d < n) {
            best = d;
            nearest = *words;
        }
    }
    return nearest;
}
