/* The look: the palette's colours by the class of a role, a pattern for each state after its glyph,
 * so that no two differ by their colour alone. Only the ground and the ink of plain text are ours:
 * a terminal has its own. */
#include "export/svg/parts.h"

#include "draw/palette.h"

struct theme {
    const char *ground, *text, *line;
};

static const struct theme light = {"#ffffff", "#1f2328", "#d1d9e0"},
                          dark = {"#0d1117", "#e6edf3", "#3d444d"};

const char *gs_svg_class(unsigned role)
{
    static const char *const owners[GS_OWNERS] = {"o0", "o1", "o2", "o3", "o4", "o5", "o6", "o7"};
    if (role >= GS_ROLE_OWNER)
        return owners[role - GS_ROLE_OWNER];
    if (role >= GS_ROLE_STATE)
        return gs_state_word(role - GS_ROLE_STATE);
    switch (role) {
    case GS_ROLE_DIM:
        return "dim";
    case GS_ROLE_TITLE:
        return "title";
    case GS_ROLE_ERROR:
        return "error";
    case GS_ROLE_GOOD:
        return "good";
    case GS_ROLE_MARK:
        return "mark";
    default:
        return "";
    }
}

static void put_colour(FILE *out, unsigned role)
{
    struct gs_rgb rgb = gs_hue_rgb(gs_palette_hue(role));
    fprintf(out, "#%02x%02x%02x", rgb.red, rgb.green, rgb.blue);
}

static void put_rule(FILE *out, const char *element, unsigned role, const char *property)
{
    fprintf(out, "%s.%s{%s:", element, gs_svg_class(role), property);
    put_colour(out, role);
    fputs("}\n", out);
}

/* What stands on a state's colour after the glyph of that state; NULL: it is all of the pattern,
 * on a breath of the colour. */
static const struct {
    int width;
    bool solid;       /* on the whole colour, else on a tint of it */
    const char *mark; /* as an SVG path's data */
} patterns[GS_STATES] = {
    [GS_STATE_WANTS_GIL] = {4, true, "M0 1h2M2 5h2M0 9h2M2 13h2"},
    [GS_STATE_NATIVE] = {7, true, "M-2 9l11-11M-2 16l11-11M5 16l4-4"},
    [GS_STATE_IO] = {8, false, "M0 7h8"},
    [GS_STATE_SLEEPING] = {8, false, "M3 7h2"},
    [GS_STATE_WAITING] = {8, false, "M1 7h5"},
    [GS_STATE_READY] = {8, false, "M2 5l3 2l-3 2z"},
    [GS_STATE_AWAITING] = {4, false, "M1 7h2"},
    [GS_STATE_UNKNOWN] = {8, false, "M1 3l5 8M6 3l-5 8"},
};

static void put_pattern(FILE *out, unsigned state)
{
    const char *word = gs_state_word(state);
    int width = patterns[state].width;
    fprintf(out,
            "<pattern id=\"gs-%s\" width=\"%d\" height=\"%d\" patternUnits=\"userSpaceOnUse\">"
            "<rect width=\"%d\" height=\"%d\" fill=\"",
            word, width, GS_SVG_BAR, width, GS_SVG_BAR);
    put_colour(out, GS_ROLE_STATE + state);
    fprintf(out, "\"%s/><path class=\"%s\" d=\"%s\"",
            patterns[state].solid ? "" : " opacity=\".2\"",
            state == GS_STATE_NATIVE      ? "weave"
            : state == GS_STATE_WANTS_GIL ? "ink"
                                          : "sign",
            patterns[state].mark);
    if (!patterns[state].solid) {
        fputs(" stroke=\"", out);
        put_colour(out, GS_ROLE_STATE + state);
        fputs("\"", out);
    }
    fputs("/></pattern>\n", out);
}

static void put_patterns(FILE *out)
{
    fputs("<defs>\n", out);
    for (unsigned s = GS_STATE_NONE + 1; s < GS_STATES; s++)
        if (patterns[s].mark)
            put_pattern(out, s);
    fprintf(
        out,
        "<pattern id=\"gs-several\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\">"
        "<path class=\"shade\" d=\"M0 1h2m0 2h2\"/></pattern>\n"
        "<marker id=\"gs-head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" "
        "markerHeight=\"7\" orient=\"auto\"><path class=\"head\" d=\"M0 0l8 4l-8 4z\"/></marker>\n"
        "</defs>\n");
}

static void put_theme(FILE *out, const struct theme *theme)
{
    fprintf(
        out,
        ".ground,.edge,text.on{fill:%s}\n.edge,.weave{stroke:%s}\n"
        "text.word,text.dim{paint-order:stroke;stroke:%s;stroke-width:4}\n"
        "text,.head{fill:%s}\n.others,.shade,.arrow,.now{stroke:%s}\n.line,.bracket{stroke:%s}\n",
        theme->ground, theme->ground, theme->ground, theme->text, theme->text, theme->line);
}

static void put_colours(FILE *out)
{
    for (unsigned role = GS_ROLE_STATE + 1; role < GS_ROLES; role++) {
        if (role < GS_ROLE_OWNER && patterns[role - GS_ROLE_STATE].mark)
            fprintf(out, ".%s{stroke:url(#gs-%s)}\n", gs_svg_class(role), gs_svg_class(role));
        else
            put_rule(out, "", role, "stroke");
    }
    for (unsigned role = GS_ROLE_OWNER; role < GS_ROLES; role++)
        put_rule(out, "text", role, "stroke:none;font-weight:bold;fill");
    static const unsigned words[] = {GS_ROLE_ERROR, GS_ROLE_GOOD, GS_ROLE_MARK};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        put_rule(out, "text", words[i], "fill");
    put_rule(out, "path", GS_ROLE_ERROR, "stroke");
    put_rule(out, "path", GS_ROLE_DIM, "stroke");
}

static void put_bars(FILE *out)
{
    for (int bar = 1; bar * 2 <= GS_SVG_BAR; bar++) {
        fprintf(out, ".bar%d{stroke-width:%d;stroke:", bar, 2 * bar);
        put_colour(out, GS_ROLE_STATE + GS_STATE_READY);
        fputs("}\n", out);
    }
}

void gs_svg_style(const struct gs_svg *svg)
{
    FILE *out = svg->out;
    enum gs_theme theme = svg->source->theme;
    fprintf(out,
            "<style>\n"
            "text{font:12.8px ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\","
            "monospace}\n"
            "path{fill:none;stroke-width:%d}\n",
            GS_SVG_BAR);
    put_theme(out, theme == GS_THEME_DARK ? &dark : &light);
    if (theme == GS_THEME_AUTO) {
        fputs("@media (prefers-color-scheme:dark){\n", out);
        put_theme(out, &dark);
        fputs("}\n", out);
    }
    put_colours(out);
    fprintf(out,
            ".box{stroke-width:%d}\n.half{stroke-width:%d}\n.ran{stroke-width:6}\n"
            ".others{stroke-width:2}\n.edge{stroke-width:%d}\n"
            ".several{stroke:url(#gs-several)}\n"
            ".line,.bracket,.arrow{stroke-width:1}\n.ink{stroke:#000;stroke-width:2}\n"
            ".weave{stroke-width:2;stroke-opacity:.55}\n.shade{stroke-width:2}\n"
            ".sign{stroke-width:3}\n.head{stroke:none}\n"
            "text.dim,text.word{fill-opacity:.75}\n.arrow,.shade{stroke-opacity:.6}\n.head{fill-"
            "opacity:.8}\ntext.word{font-size:11.5px}\n"
            "text.title,text.error,text.on{font-weight:bold}\n",
            GS_SVG_BOX, GS_SVG_BAR / 2, GS_SVG_BOX);
    put_bars(out);
    gs_svg_keyframes(svg);
    fputs("</style>\n", out);
    put_patterns(out);
}
