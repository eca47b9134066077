/* The picture in words: by what rules, how long, and what each lane spent its time on. */
#include "export/svg/parts.h"

#include "base/text.h"

#include <string.h>

static void put_name(const struct gs_svg *svg)
{
    const struct gs_export_source *source = svg->source;
    char text[512];
    bool titled = source->title && *source->title;
    snprintf(text, sizeof text, "%s%s%s", source->name ? source->name : "",
             source->name && titled ? ": " : "", titled ? source->title : "");
    char safe[sizeof text];
    gs_xml_text(svg->out, gs_text_visible(safe, sizeof safe, text, strlen(text)));
}

static void put_shares(const struct gs_svg *svg, const struct gs_lane *lane)
{
    uint64_t ns[GS_STATES];
    bool any = false;
    gs_lane_shares(svg->source->timeline, lane, svg->view.from, svg->view.until, ns);
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++) {
        char time[32];
        if (!ns[s])
            continue;
        fprintf(svg->out, "%s %s %s", any ? "," : ":", gs_state_word(s),
                gs_text_duration(time, sizeof time, ns[s]));
        any = true;
    }
}

static void put_lane(const struct gs_svg *svg, const struct gs_row *row)
{
    const struct gs_lane *lane = gs_timeline_lane(svg->source->timeline, row->actor);
    char title[256];
    if (row->kind != GS_ROW_LANE || !lane)
        return;
    fputs(" ", svg->out);
    gs_xml_text(svg->out, gs_row_title(title, sizeof title, svg->source->timeline, row));
    put_shares(svg, lane);
    fputs(".", svg->out);
}

void gs_svg_describe(const struct gs_svg *svg)
{
    char rules[256], time[32];
    gs_export_rules(rules, sizeof rules, ", ", svg->source);
    gs_text_duration(time, sizeof time, svg->view.until - svg->view.from);
    fputs("<title id=\"gs-title\">", svg->out);
    put_name(svg);
    fputs("</title>\n<desc id=\"gs-desc\">Lanes of ", svg->out);
    fprintf(svg->out, "%s%s", time, *rules ? " by these rules: " : "");
    gs_xml_text(svg->out, rules);
    fputs(".", svg->out);
    for (size_t i = 0; i < svg->rows->list.count; i++)
        put_lane(svg, &svg->rows->list.items[i]);
    fputs("</desc>\n", svg->out);
}
