#include "python/watch/sites.h"

#include "python/cpython/names.h"
#include "python/cpython/spot.h"
#include "python/watch/watch.h"

#include <stdio.h>
#include <string.h>

enum { KNOWN = 64 };

struct known {
    gs_py *code;
    int offset;
    struct gs_text_object
        file; /* of another code that lies there later, this or the line differs */
    struct gs_site site;
};

static _Thread_local struct known sites[KNOWN];

/* How many others on the same line of the function come before: what is made there is made from
 * left to right. */
static unsigned place_in_line(const struct known *site)
{
    unsigned before = 0;
    for (size_t i = 0; i < KNOWN; i++)
        before += sites[i].code == site->code && sites[i].site.line == site->site.line &&
                  sites[i].offset < site->offset &&
                  gs_text_object_same(&sites[i].file, &site->file);
    return before;
}

static uint32_t find_name(const struct gs_frame *frame, const struct known *site)
{
    char file[4096], name[64];
    gs_frame_file(frame, file, sizeof file);
    gs_names_made_in_line(file, site->site.line, gs_frame_columns(frame), place_in_line(site), name,
                          sizeof name);
    return *name ? gs_watch_string(name, strlen(name)) : 0;
}

struct gs_site gs_site_of(const struct gs_frame *frame)
{
    struct known *site =
        &sites[((uintptr_t)frame->code / 16 + (unsigned)frame->offset / 2) % KNOWN];
    struct gs_text_object file = gs_frame_file_object(frame);
    uint32_t line = gs_frame_line(frame);
    if (site->code == frame->code && site->offset == frame->offset && site->site.line == line &&
        gs_text_object_same(&site->file, &file))
        return site->site;
    *site = (struct known){
        .code = frame->code, .offset = frame->offset, .file = file, .site = {.line = line}};
    site->site.name = find_name(frame, site);
    return site->site;
}

uint32_t gs_site_called(gs_py *thread, const char *text)
{
    struct gs_spot spot;
    char name[128];
    struct gs_site site = {0};
    if (gs_spot_find(thread, &spot) && spot.line.code)
        site = gs_site_of(&spot.line);
    if (!*text && site.name)
        return site.name;
    snprintf(name, sizeof name, "%s%s", text,
             site.name ? gs_segment_text(gs_watch.segment, site.name) : "a queue");
    return gs_watch_string(name, strlen(name));
}
