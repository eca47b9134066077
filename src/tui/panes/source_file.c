#include "tui/panes/source_file.h"

#include "base/open_text.h"
#include "base/text.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is longer than this is not one to read beside its lanes. */
#define MOST_LINES 20000
#define MOST_BYTES (8 << 20)

static void expand_tabs(char *out, size_t size, const char *text, size_t length)
{
    size_t used = 0;
    for (size_t i = 0; i < length && used + 5 < size; i++) {
        if (text[i] != '\t') {
            out[used++] = text[i];
            continue;
        }
        do
            out[used++] = ' ';
        while (used % 4);
    }
    out[used] = '\0';
}

static void read_lines(struct gs_source *source, FILE *file)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    while ((length = getline(&line, &room, file)) >= 0 && source->lines.count < MOST_LINES) {
        char wide[2048], safe[4096];
        while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
            length--;
        expand_tabs(wide, sizeof wide, line, (size_t)length);
        gs_text_visible(safe, sizeof safe, wide, strlen(wide));
        gs_vec_push(&source->lines, strdup(safe));
    }
    free(line);
    fclose(file);
}

void gs_source_load(struct gs_source *source, const char *path)
{
    gs_source_free(source);
    int fd = gs_open_text(path, MOST_BYTES);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "r");
    if (file)
        read_lines(source, file);
}

void gs_source_take(struct gs_source *source, char *text, size_t size)
{
    gs_source_free(source);
    FILE *file = size ? fmemopen(text, size, "r") : NULL;
    if (file)
        read_lines(source, file);
}

void gs_source_free(struct gs_source *source)
{
    for (size_t i = 0; i < source->lines.count; i++)
        free(source->lines.items[i]);
    gs_vec_free(&source->lines);
}
