/* Does watching change what is watched? Two computing threads fight for the GIL untraced, traced,
 * and traced with the screen drawing it live; in turn, in short runs, and each round is compared
 * with itself, since this moves less than two minutes of the same machine do. */
#include "support/fight.h"
#include "support/sample.h"

#include <stdio.h>

enum { KINDS = 3, ORDERS = 6 };

/* A run leaves the cores awake or asleep for the next one. So each kind goes first, and comes after
 * each other, equally often. */
static const int orders[ORDERS][KINDS] = {{0, 1, 2}, {0, 2, 1}, {2, 1, 0},
                                          {1, 0, 2}, {1, 2, 0}, {2, 0, 1}};

static void print_shift(const char *what, struct gs_sample *ratio)
{
    printf("  %-22s %+6.2f %% +- %.2f\n", what, (gs_sample_median(ratio) - 1) * 100,
           gs_sample_error(ratio) * 100);
}

static void bench(double interval_ms, int rounds, double seconds)
{
    struct gs_sample hand_offs[KINDS] = {0}, slices[KINDS] = {0};
    struct gs_sample hand_offs_ratio[KINDS] = {0}, slices_ratio[KINDS] = {0};
    for (int r = 0; r < rounds; r++) {
        struct gs_fight f[KINDS];
        for (int i = 0; i < KINDS; i++) {
            int kind = orders[r % ORDERS][i];
            f[kind] =
                gs_fight_run((enum gs_fight_kind)kind, (uint64_t)(interval_ms * 1e6), seconds);
        }
        for (int kind = 0; kind < KINDS; kind++) {
            gs_sample_add(&hand_offs[kind], f[kind].hand_offs);
            gs_sample_add(&slices[kind], f[kind].slice_ms);
            gs_sample_add(&hand_offs_ratio[kind],
                          f[kind].hand_offs / f[GS_FIGHT_UNTRACED].hand_offs);
            gs_sample_add(&slices_ratio[kind], f[kind].slice_ms / f[GS_FIGHT_UNTRACED].slice_ms);
        }
    }
    printf("interval %g ms, %d rounds of %g s\n", interval_ms, rounds, seconds);
    static const char *const names[] = {"untraced", "traced", "traced and drawn"};
    for (int kind = 0; kind < KINDS; kind++)
        printf("  %-22s %8.1f hand-offs/s  slice %.4f ms\n", names[kind],
               gs_sample_median(&hand_offs[kind]), gs_sample_median(&slices[kind]));
    print_shift("tracing, hand-offs", &hand_offs_ratio[GS_FIGHT_TRACED]);
    print_shift("tracing, slice", &slices_ratio[GS_FIGHT_TRACED]);
    print_shift("drawing, hand-offs", &hand_offs_ratio[GS_FIGHT_DRAWN]);
    print_shift("drawing, slice", &slices_ratio[GS_FIGHT_DRAWN]);
    fflush(stdout);
    for (int kind = 0; kind < KINDS; kind++) {
        gs_sample_free(&hand_offs[kind]);
        gs_sample_free(&slices[kind]);
        gs_sample_free(&hand_offs_ratio[kind]);
        gs_sample_free(&slices_ratio[kind]);
    }
}

int main(void)
{
    printf("shift against the untraced run of the same round, median and its error (<= 1 %%)\n");
    bench(5, 12, 2);
    bench(1, 48, 1);
    bench(0.1, 180, 0.4);
    return 0;
}
