#include "trace/recording/about.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

struct field {
    const char *word;
    size_t offset;
    size_t size; /* of a text; 0: a number */
};

#define TEXT(type, name)                                                                           \
    {                                                                                              \
#name, offsetof(struct type, name), sizeof((struct type *)0)->name                         \
    }
#define NUMBER(type, name)                                                                         \
    {                                                                                              \
#name, offsetof(struct type, name), 0                                                      \
    }

static const struct field about_fields[] = {
    TEXT(gs_about, program),
    TEXT(gs_about, begun),
    TEXT(gs_about, name),
    TEXT(gs_about, title),
    TEXT(gs_about, scene),
    TEXT(gs_about, python),
    TEXT(gs_about, costs),
    TEXT(gs_about, arguments),
    NUMBER(gs_about, guest),
    NUMBER(gs_about, speed),
    NUMBER(gs_about, clock),
    NUMBER(gs_about, gil),
    NUMBER(gs_about, cores),
    NUMBER(gs_about, version),
    NUMBER(gs_about, interval_ns),
    NUMBER(gs_about, seed),
    {0},
};

static const struct field end_fields[] = {
    NUMBER(gs_recorded_end, now),
    NUMBER(gs_recorded_end, cut),
    NUMBER(gs_recorded_end, status),
    TEXT(gs_recorded_end, message),
    {0},
};

static void write_fields(struct gs_bytes *bytes, const struct field *fields, const void *from)
{
    for (const struct field *f = fields; f->word; f++) {
        const char *text = (const char *)from + f->offset;
        char number[24];
        if (f->size == 0) {
            snprintf(number, sizeof number, "%" PRIu64, *(const uint64_t *)(const void *)text);
            text = number;
        }
        gs_bytes_text(bytes, f->word, strlen(f->word));
        gs_bytes_text(bytes, text, strlen(text));
    }
}

static const struct field *find(const struct field *fields, struct gs_bytes_in word)
{
    size_t size = (size_t)(word.end - word.at);
    for (const struct field *f = fields; f->word; f++)
        if (strlen(f->word) == size && memcmp(f->word, word.at, size) == 0)
            return f;
    return NULL;
}

static void set(char *to, const struct field *f, struct gs_bytes_in text)
{
    char number[24];
    size_t size = (size_t)(text.end - text.at), room = f->size ? f->size : sizeof number;
    char *out = f->size ? to : number;
    size = size < room - 1 ? size : room - 1;
    memcpy(out, text.at, size);
    out[size] = '\0';
    if (f->size == 0)
        *(uint64_t *)(void *)to = strtoull(number, NULL, 10);
}

static bool read_fields(struct gs_bytes_in *in, const struct field *fields, void *to)
{
    while (in->at < in->end && !in->broken) {
        struct gs_bytes_in word = gs_bytes_take_text(in), text = gs_bytes_take_text(in);
        const struct field *f = in->broken ? NULL : find(fields, word);
        if (f)
            set((char *)to + f->offset, f, text);
    }
    return !in->broken;
}

void gs_about_write(struct gs_bytes *bytes, const struct gs_about *about)
{
    write_fields(bytes, about_fields, about);
}

void gs_recorded_end_write(struct gs_bytes *bytes, const struct gs_recorded_end *end)
{
    write_fields(bytes, end_fields, end);
}

bool gs_about_read(struct gs_bytes_in *in, struct gs_about *about)
{
    return read_fields(in, about_fields, about);
}

bool gs_recorded_end_read(struct gs_bytes_in *in, struct gs_recorded_end *end)
{
    return read_fields(in, end_fields, end);
}

void gs_about_set_facts(struct gs_about *about, const struct gs_facts *facts)
{
    about->clock = facts->clock;
    about->gil = facts->gil;
    about->cores = facts->cores;
    about->version = facts->python;
    about->interval_ns = facts->interval_ns;
    about->seed = facts->seed;
}

struct gs_facts gs_about_facts(const struct gs_about *about)
{
    return (struct gs_facts){.clock = (uint32_t)about->clock,
                             .gil = (uint32_t)about->gil,
                             .cores = (uint32_t)about->cores,
                             .python = (uint32_t)about->version,
                             .interval_ns = about->interval_ns,
                             .seed = about->seed};
}
