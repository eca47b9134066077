/* The time axis: ticks at 1, 2 or 5 times a power of ten, the unit once, at the first tick. Far
 * from zero and near to the spans the numbers would be long and alike; then the first tick tells
 * the time in full and the others how much later they are. */
#include "draw/parts.h"

#include "base/clock.h"

#include <inttypes.h>
#include <stdio.h>

enum { TICK_COLUMNS = 10, MOST_DECIMALS = 3 };

struct unit {
    uint64_t ns;
    const char *name;
};

static const struct unit units[] = {{1000000000, "s"}, {1000000, "ms"}, {1000, "µs"}, {1, "ns"}};

static uint64_t tick_step(const struct gs_picture *p)
{
    uint64_t window = p->view.until - p->view.from;
    uint64_t least = (uint64_t)((gs_u128)window * TICK_COLUMNS / (unsigned)p->columns);
    uint64_t power = 1;
    while (power <= UINT64_MAX / 100 && power * 10 <= least)
        power *= 10;
    for (unsigned i = 1; i <= 5; i = i == 2 ? 5 : i + 1)
        if (power * i >= least)
            return power * i;
    return power * 10;
}

static struct unit unit_for(uint64_t ns)
{
    size_t u = 0;
    while (units[u].ns > ns && units[u].ns > 1)
        u++;
    return units[u];
}

/* Decimals that tell two ticks apart in this unit. */
static int decimals(uint64_t step, uint64_t unit)
{
    int digits = 0;
    while (step % unit != 0) {
        unit /= 10;
        digits++;
    }
    return digits;
}

static void number(char *buffer, size_t size, uint64_t ns, uint64_t unit, int digits)
{
    int used = snprintf(buffer, size, "%" PRIu64, ns / unit);
    uint64_t rest = ns % unit;
    for (int i = 0; i < digits && used + 2 < (int)size; i++) {
        if (i == 0)
            buffer[used++] = '.';
        unit /= 10;
        buffer[used++] = (char)('0' + rest / unit % 10);
    }
    buffer[used] = '\0';
}

struct ticks {
    uint64_t first, step;
    struct unit unit;
    int digits;
    bool relative;
};

static struct ticks plan(const struct gs_picture *p)
{
    struct ticks t = {.step = tick_step(p)};
    t.first = p->view.from - p->view.from % t.step;
    if (t.first < p->view.from)
        t.first += t.step;
    t.unit = unit_for(p->view.until > t.step ? p->view.until : t.step);
    t.digits = decimals(t.step, t.unit.ns);
    t.relative = t.digits > MOST_DECIMALS;
    return t;
}

static void label(char *buffer, size_t size, const struct ticks *t, uint64_t time)
{
    char digits[48];
    bool first = time == t->first;
    if (t->relative && !first) {
        struct unit unit = unit_for(t->step);
        number(digits, sizeof digits, time - t->first, unit.ns, 0);
        snprintf(buffer, size, "+%s%s", digits, time - t->first == t->step ? unit.name : "");
        return;
    }
    number(digits, sizeof digits, time, t->unit.ns, t->digits);
    snprintf(buffer, size, "%s%s", digits, first ? t->unit.name : "");
}

void gs_axis_draw(const struct gs_picture *p, int y)
{
    struct ticks t = plan(p);
    int free_from = 0;
    for (uint64_t time = t.first; time < p->view.until; time += t.step) {
        char text[64];
        int column = gs_picture_edge(p, time);
        label(text, sizeof text, &t, time);
        int width = gs_text_width(text);
        if (column >= free_from && column + width <= p->columns) {
            gs_canvas_text(p->canvas, p->left + column, y, width, GS_ROLE_DIM, 0, text);
            free_from = column + width + 1;
        }
        if (time > UINT64_MAX - t.step)
            break;
    }
}
