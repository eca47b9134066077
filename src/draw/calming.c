/* Signs for what is brief, where there are so many that they would hide what most of it is. */
#include "draw/parts.h"

#include "draw/kept.h"

/* Brief runs are signs of their own only while the state between them is still what most of its
 * columns show: work that is outside for a millisecond and inside for a microsecond is outside. */
static void hush(struct gs_column *columns, int count)
{
    for (int c = 0; c < count; c++)
        if (columns[c].mix == GS_COLUMN_RAN)
            columns[c].mix = GS_COLUMN_OTHERS;
}

static bool is_one_stretch(struct gs_column a, struct gs_column b)
{
    return a.state == b.state && a.mix != GS_COLUMN_MIXED && b.mix != GS_COLUMN_MIXED;
}

/* The columns from a on that are one stretch, and how many of them ran. */
static int stretch_of(const struct gs_column *columns, int a, int end, int *ran)
{
    int b = a;
    do {
        *ran += columns[b++].mix == GS_COLUMN_RAN;
    } while (b < end && is_one_stretch(columns[b - 1], columns[b]));
    return b;
}

/* The stretch that began before the columns that were looked at is calmed as one with them. */
static void calm_begun(struct gs_picture *p, int first, int count, int ran)
{
    struct gs_kept_lane *kept = p->kept;
    bool hushed = 2 * (kept->ran + ran) > first - kept->stretch + count;
    if (hushed)
        hush(p->fresh + first, count);
    if (hushed == kept->hushed || !kept->ran)
        return;
    kept->hushed = hushed;
    p->stands = kept->stretch;
    for (int c = kept->stretch; c < first; c++)
        kept->column.items[c] = kept->whole.items[c];
    if (hushed)
        hush(kept->column.items + kept->stretch, first - kept->stretch);
}

void gs_calm(struct gs_picture *p, int first, int end)
{
    int a = first, b = first, ran = 0;
    if (p->kept && first > 0) {
        if (is_one_stretch(p->kept->whole.items[first - 1], p->fresh[first]))
            b = stretch_of(p->fresh, first, end, &ran);
        calm_begun(p, first, b - first, ran);
    }
    for (a = b; a < end; a = b) {
        ran = 0;
        b = stretch_of(p->fresh, a, end, &ran);
        if (2 * ran > b - a)
            hush(p->fresh + a, b - a);
    }
}

/* What the next frame goes by: the stretch that the last columns which are kept belong to. */
void gs_calm_note(struct gs_kept_lane *kept, int first, int end)
{
    const struct gs_column *whole = kept->whole.items;
    for (int c = first; c < end; c++) {
        if (c == 0 || !is_one_stretch(whole[c - 1], whole[c])) {
            kept->stretch = c;
            kept->ran = 0;
        }
        if (whole[c].mix == GS_COLUMN_RAN) {
            kept->ran++;
            kept->hushed = kept->column.items[c].mix != GS_COLUMN_RAN;
        }
    }
}
