#include "export/html/files.h"

#include "base/open_text.h"
#include "export/json.h"
#include "trace/where.h"

#include <stdlib.h>
#include <string.h>

/* Longer than this is nothing to read beside its lanes, as a recording has it. */
enum { MOST_BYTES = 8 << 20 };

void gs_html_files_init(struct gs_html_files *files, const struct gs_export_source *source)
{
    *files = (struct gs_html_files){.source = source};
}

void gs_html_files_free(struct gs_html_files *files)
{
    for (size_t i = 0; i < files->list.count; i++)
        json_decref(files->list.items[i].lines);
    gs_vec_free(&files->list);
}

static char *text_of(const struct gs_export_source *source, const char *path, size_t *size)
{
    return source->text_of ? source->text_of(source->files, path, size)
                           : gs_text_of_file(path, MOST_BYTES, size);
}

static json_t *lines_of(char *text, size_t size)
{
    json_t *lines = json_array();
    for (char *line = text, *end = text + size; line < end;) {
        char *behind = memchr(line, '\n', (size_t)(end - line));
        behind = behind ? behind : end;
        *behind = '\0';
        if (behind > line && behind[-1] == '\r')
            behind[-1] = '\0';
        json_array_append_new(lines, gs_json_text(line));
        line = behind + 1;
    }
    return lines;
}

int gs_html_files_index(struct gs_html_files *files, uint16_t place)
{
    const struct gs_tables *tables = gs_timeline_tables(files->source->timeline);
    const struct gs_place_row *row = tables->place(tables, place);
    const char *path = row->file ? tables->string(tables, row->file) : files->source->scene;
    size_t size = 0;
    if (!path || !*path)
        return -1;
    for (size_t i = 0; i < files->list.count; i++)
        if (strcmp(files->list.items[i].path, path) == 0)
            return (int)i;
    char *text = text_of(files->source, path, &size);
    gs_vec_push(&files->list, ((struct gs_html_file){path, text ? lines_of(text, size) : NULL}));
    free(text);
    return (int)files->list.count - 1;
}

json_t *gs_html_files_json(const struct gs_html_files *files)
{
    json_t *list = json_array();
    for (size_t i = 0; i < files->list.count; i++) {
        const struct gs_html_file *file = &files->list.items[i];
        json_array_append_new(list, json_pack("{s:o, s:O}", "name",
                                              gs_json_text(gs_where_file(file->path)), "lines",
                                              file->lines));
    }
    return list;
}
