/* How the owners of a GIL, or of a loop's turns, are told apart where there is no room for a name:
 * by a sign and a colour. Both go by the order in which they appeared, so they stay what they are
 * while more come. */
#include "draw/parts.h"

#include "timeline/names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { NO_SIGN = '+' };

static const char pool[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/* The sign that needs no legend: the last digit of a number, else the first letter; 0: none. */
static char plain_sign(const char *name)
{
    size_t digits, length = gs_name_short(name, &digits);
    if (digits < length)
        return name[length - 1];
    return isalpha((unsigned char)name[0]) ? name[0] : '\0';
}

/* When each character of the pool is free again: its thread's death; 0: nobody has had it. */
struct signs {
    uint64_t free_at[128];
};

/* The wanted sign if nobody alive has it, else the first one that is free; '+': none is. */
static char take(struct signs *signs, char wanted, const struct gs_lane *lane)
{
    char sign = NO_SIGN;
    if (wanted && signs->free_at[(int)wanted] <= lane->birth)
        sign = wanted;
    for (const char *c = pool; *c && sign == NO_SIGN; c++)
        if (signs->free_at[(int)*c] <= lane->birth)
            sign = *c;
    signs->free_at[(int)sign] = lane->died ? lane->death : UINT64_MAX;
    return sign;
}

struct owners {
    struct signs signs;
    unsigned count;
    bool crowded; /* thousands are no surprise: who has no sign of its own shares one */
};

static struct gs_sign sign_of(struct owners *owners, const struct gs_lane *lane, const char *name)
{
    char wanted = plain_sign(name);
    char sign = take(&owners->signs, wanted, lane);
    if (sign == NO_SIGN && owners->crowded)
        sign = wanted ? wanted : '*';
    return (struct gs_sign){.glyph = {sign, '\0'},
                            .plain = sign == wanted || (owners->crowded && sign == '*'),
                            .role = (uint8_t)(GS_ROLE_OWNER + owners->count++ % GS_OWNERS)};
}

void gs_signs_take(struct gs_picture *p)
{
    const struct gs_tables *tables = gs_timeline_tables(p->view.timeline);
    uint32_t count = tables->actors(tables);
    struct owners threads = {0}, tasks = {.crowded = true};
    p->signs = calloc(count + 1u, sizeof *p->signs);
    if (!p->signs)
        abort();
    p->sign_count = count + 1;
    for (uint32_t id = 1; id <= count; id++) {
        const struct gs_actor_row *row = tables->actor(tables, id);
        const struct gs_lane *lane = gs_timeline_lane(p->view.timeline, id);
        if (!row || !lane || (row->kind != GS_ACTOR_THREAD && row->kind != GS_ACTOR_TASK))
            continue;
        p->signs[id] = sign_of(row->kind == GS_ACTOR_TASK ? &tasks : &threads, lane,
                               tables->string(tables, row->name));
    }
}

struct gs_sign gs_signs_of(const struct gs_picture *p, uint32_t actor)
{
    return actor < p->sign_count && p->signs[actor].role
               ? p->signs[actor]
               : (struct gs_sign){.glyph = "?", .role = GS_ROLE_OWNER};
}

unsigned gs_signs_role(const struct gs_picture *p, uint32_t actor)
{
    bool has = actor < p->sign_count && p->signs[actor].role;
    return has ? p->signs[actor].role : GS_ROLE_TEXT;
}

unsigned gs_lanes_role(const struct gs_timeline *timeline, uint32_t actor)
{
    const struct gs_tables *tables = gs_timeline_tables(timeline);
    const struct gs_actor_row *row = tables->actor(tables, actor);
    unsigned before = 0;
    if (!row || (row->kind != GS_ACTOR_THREAD && row->kind != GS_ACTOR_TASK))
        return GS_ROLE_TEXT;
    for (uint32_t id = 1; id < actor; id++) {
        const struct gs_actor_row *other = tables->actor(tables, id);
        before += other && other->kind == row->kind && gs_timeline_lane(timeline, id);
    }
    return GS_ROLE_OWNER + before % GS_OWNERS;
}
