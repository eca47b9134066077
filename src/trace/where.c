#include "trace/where.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NAME_SIZE = 64 };

static const char *last_part(const char *path, const char *end)
{
    while (end > path && end[-1] != '/')
        end--;
    return end;
}

const char *gs_where_file(const char *path)
{
    const char *name = last_part(path, path + strlen(path));
    return strncmp(name, "__", 2) == 0 && name > path ? last_part(path, name - 1) : name;
}

const char *gs_where_line(char *buffer, size_t size, const struct gs_tables *tables, uint32_t line,
                          uint16_t place)
{
    const struct gs_place_row *row = tables->place(tables, place);
    const char *file = row->file ? gs_where_file(tables->string(tables, row->file)) : "";
    char name[NAME_SIZE];
    gs_text_visible(name, sizeof name, file, strlen(file));
    if (!line)
        *buffer = '\0';
    else if (row->file)
        snprintf(buffer, size, "%s:%" PRIu32, name, line);
    else
        snprintf(buffer, size, "line %" PRIu32, line);
    return buffer;
}

const char *gs_where_text(char *buffer, size_t size, const struct gs_tables *tables, uint32_t line,
                          uint16_t place)
{
    const struct gs_place_row *row = tables->place(tables, place);
    gs_where_line(buffer, size, tables, line, place);
    if (!line || !row->call)
        return buffer;
    const char *call = tables->string(tables, row->call);
    char name[NAME_SIZE];
    gs_text_visible(name, sizeof name, call, strlen(call));
    size_t used = strlen(buffer);
    snprintf(buffer + used, size - used, ", in %s", name);
    return buffer;
}
