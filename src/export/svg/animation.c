/* A picture that plays once: what the lanes show is uncovered as time goes, a line moves along, and
 * words appear at their time. All of it is CSS whose last state is the picture as it stands: who
 * does not animate, or asks for no motion, sees the whole run. */
#include "export/svg/parts.h"

#include "base/clock.h"

#include <inttypes.h>

/* Of short runs and long ones; what lies between plays in its own time. */
enum { MS_PER_S = 1000, LEAST_S = 5, USUAL_S = 10, MOST_S = 20, AROUND = 6 };

static unsigned play_ms(const struct gs_svg *svg)
{
    uint64_t ms = (svg->view.until - svg->view.from) / 1000000;
    bool own = ms >= LEAST_S * MS_PER_S && ms <= MOST_S * MS_PER_S;
    return own ? (unsigned)ms : USUAL_S * MS_PER_S;
}

static unsigned ms_of(const struct gs_svg *svg, uint64_t time)
{
    uint64_t from = svg->view.from, until = svg->view.until;
    time = time < from ? from : time > until ? until : time;
    return (unsigned)((gs_u128)play_ms(svg) * (time - from) / (until - from));
}

void gs_svg_since(const struct gs_svg *svg, uint64_t time)
{
    if (svg->source->animate)
        fprintf(svg->out, "<g class=\"at\" style=\"animation-delay:%ums\">", ms_of(svg, time));
}

void gs_svg_since_end(const struct gs_svg *svg)
{
    if (svg->source->animate)
        fputs("</g>\n", svg->out);
}

void gs_svg_past(const struct gs_svg *svg)
{
    fputs(svg->source->animate ? "<g clip-path=\"url(#gs-past)\">\n" : "<g>\n", svg->out);
}

/* The clip is as large as the lanes in the end; arrows' heads may reach over their edges. */
void gs_svg_playhead(const struct gs_svg *svg)
{
    if (!svg->source->animate)
        return;
    fprintf(svg->out,
            "<defs><clipPath id=\"gs-past\"><rect x=\"%d\" y=\"0\" width=\"%d\" height=\"%d\"/>"
            "</clipPath></defs>\n<path class=\"now\" d=\"M%d %dV%d\"/>\n",
            svg->left - AROUND, svg->right - svg->left + 2 * AROUND, svg->bottom, svg->right,
            svg->lanes, svg->foot);
}

void gs_svg_keyframes(const struct gs_svg *svg)
{
    int wide = svg->right - svg->left;
    unsigned ms = play_ms(svg);
    if (!svg->source->animate)
        return;
    fprintf(svg->out,
            ".now{opacity:0;stroke-width:2}\n"
            "@media (prefers-reduced-motion:no-preference){\n"
            "#gs-past rect{animation:gs-uncover %ums linear both}\n"
            ".now{animation:gs-move %ums linear both}\n"
            ".at{animation:gs-appear 200ms both}\n"
            "}\n"
            "@keyframes gs-uncover{from{transform:translateX(-%dpx)}}\n"
            "@keyframes gs-move{from{opacity:1;transform:translateX(-%dpx)}99%%{opacity:1}}\n"
            "@keyframes gs-appear{from{opacity:0}}\n",
            ms, ms, wide + AROUND, wide);
}
