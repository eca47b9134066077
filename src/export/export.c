#include "export/export.h"

#include "base/text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

extern const struct gs_exporter gs_exporter_lanes, gs_exporter_boxes, gs_exporter_text,
    gs_exporter_json, gs_exporter_chrome, gs_exporter_perfetto, gs_exporter_gecko, gs_exporter_cast,
    gs_exporter_html, gs_exporter_svg;

const struct gs_exporter *const gs_exporters[] = {
    &gs_exporter_lanes,
    &gs_exporter_boxes,
    &gs_exporter_text,
    &gs_exporter_json,
    &gs_exporter_chrome,
    &gs_exporter_perfetto,
    &gs_exporter_gecko,
    &gs_exporter_cast,
    &gs_exporter_html,
    &gs_exporter_svg,
    NULL,
};

const struct gs_exporter *gs_exporter_find(const char *name)
{
    for (size_t i = 0; gs_exporters[i]; i++)
        if (strcmp(gs_exporters[i]->name, name) == 0)
            return gs_exporters[i];
    return NULL;
}

struct list {
    char *buffer;
    size_t size;
    const char *separator;
};

static void __attribute__((format(printf, 2, 3)))
add(const struct list *list, const char *format, ...)
{
    size_t used = strlen(list->buffer);
    if (used)
        used += (size_t)snprintf(list->buffer + used, list->size - used, "%s", list->separator);
    va_list args;
    va_start(args, format);
    if (used < list->size)
        vsnprintf(list->buffer + used, list->size - used, format, args);
    va_end(args);
}

static void add_interval(const struct list *list, const struct gs_export_source *source)
{
    char interval[32];
    if (source->interval_ns)
        add(list, "switch interval %s",
            gs_text_duration(interval, sizeof interval, source->interval_ns));
}

static void add_gil(const struct list *list, const struct gs_export_source *source)
{
    char python[32];
    if (source->python) {
        add(list, "%s", gs_python_word(python, sizeof python, source->python));
        add_interval(list, source);
        return;
    }
    switch ((enum gs_gil_profile)source->gil) {
    case GS_GIL_UNSET:
        return;
    case GS_GIL_OFF:
        add(list, "no GIL");
        return;
    case GS_GIL_27:
        add(list, "GIL 2.7");
        add(list, "every 100 instructions");
        return;
    case GS_GIL_312:
    case GS_GIL_39:
        break;
    }
    add(list, "GIL %s", gs_gil_profile_word(source->gil));
    add_interval(list, source);
}

const char *gs_export_rules(char *buffer, size_t size, const char *separator,
                            const struct gs_export_source *source)
{
    const struct list list = {.buffer = buffer, .size = size, .separator = separator};
    buffer[0] = '\0';
    if (source->clock)
        add(&list, "%s clock", source->clock == GS_CLOCK_VIRTUAL ? "virtual" : "real");
    add_gil(&list, source);
    if (source->cores)
        add(&list, "%u core%s", source->cores, source->cores == 1 ? "" : "s");
    if (source->clock == GS_CLOCK_VIRTUAL)
        add(&list, "seed %" PRIu64, source->seed);
    return buffer;
}

void gs_export_window(const struct gs_export_source *source, uint64_t *from, uint64_t *until)
{
    *from = source->from;
    *until = source->until ? source->until : gs_timeline_end(source->timeline);
    if (*until <= *from)
        *until = *from < UINT64_MAX ? *from + 1 : UINT64_MAX;
}

bool gs_export_end(FILE *out, struct gs_error *err)
{
    errno = 0;
    if (fflush(out) == 0 && !ferror(out))
        return true;
    /* What failed long ago has left no reason; one more byte fails for the same. */
    if (errno == 0 && fputc('\n', out) != EOF)
        fflush(out);
    return gs_error_system(err, errno ? errno : EIO, "writing the output failed");
}
