#include "trace/tables.h"

const char *gs_tables_actor_name(const struct gs_tables *tables, uint32_t id)
{
    const struct gs_actor_row *row = tables->actor(tables, id);
    return row ? tables->string(tables, row->name) : "?";
}

const char *gs_tables_object_name(const struct gs_tables *tables, uint32_t id)
{
    const struct gs_object_row *row = tables->object(tables, id);
    return row ? tables->string(tables, row->name) : "?";
}

uint32_t gs_tables_process(const struct gs_tables *tables, uint32_t actor)
{
    const struct gs_actor_row *row = tables->actor(tables, actor);
    while (row && row->kind != GS_ACTOR_PROCESS) {
        uint32_t parent = row->parent;
        row = parent < actor ? tables->actor(tables, parent) : NULL;
        actor = parent;
    }
    return row ? actor : 0;
}
