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
