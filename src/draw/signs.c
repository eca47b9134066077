/* How the owners of a GIL are told apart where there is no room for a name: by a sign and a colour.
 * Both go by the order in which the threads appeared, so they stay what they are while more come.
 */
#include "draw/parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char pool[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/* The sign that needs no legend: the last digit of a number, else the first letter; 0: none. */
static char plain_sign(const char *name)
{
    size_t length = strlen(name);
    if (length && isdigit((unsigned char)name[length - 1]))
        return name[length - 1];
    return isalpha((unsigned char)name[0]) ? name[0] : '\0';
}

/* Takes a sign out of those that are left, the wanted one if it is there. */
static char take(char *left, char wanted)
{
    char *place = wanted ? strchr(left, wanted) : NULL;
    if (!place)
        place = left;
    char sign = *place;
    memmove(place, place + 1, strlen(place));
    return sign;
}

void gs_signs_take(struct gs_picture *p)
{
    const struct gs_tables *tables = gs_timeline_tables(p->view.timeline);
    uint32_t count = tables->actors(tables), threads = 0;
    char left[sizeof pool];
    memcpy(left, pool, sizeof pool);
    p->signs = calloc(count + 1u, sizeof *p->signs);
    if (!p->signs)
        abort();
    p->sign_count = count + 1;
    for (uint32_t id = 1; id <= count; id++) {
        const struct gs_actor_row *row = tables->actor(tables, id);
        if (!row || row->kind != GS_ACTOR_THREAD)
            continue;
        char wanted = *left ? plain_sign(tables->string(tables, row->name)) : '\0';
        char sign = *left ? take(left, wanted) : '+';
        p->signs[id] = (struct gs_sign){.glyph = {sign, '\0'},
                                        .plain = sign == wanted,
                                        .role = (uint8_t)(GS_ROLE_OWNER + threads++ % GS_OWNERS)};
    }
}

struct gs_sign gs_signs_of(const struct gs_picture *p, uint32_t actor)
{
    return actor < p->sign_count && p->signs[actor].role
               ? p->signs[actor]
               : (struct gs_sign){.glyph = "?", .role = GS_ROLE_OWNER};
}
