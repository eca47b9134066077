/* `--to html`: one page that needs nothing else and no network. Its style and its script are files
 * beside this one, embedded when the program is built; the run is in it as JSON (run_json.c), and
 * the script draws it. Without a script there are the lanes as text. */
#include "export/html/run_json.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* page.css and page.js, as text. */
extern const unsigned char gs_html_style[], gs_html_script[];

static void put_escaped(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '<')
            fputs("&lt;", out);
        else if (*text == '>')
            fputs("&gt;", out);
        else if (*text == '&')
            fputs("&amp;", out);
        else if (*text == '"')
            fputs("&quot;", out);
        else
            fputc(*text, out);
    }
}

/* Text of the trace's or a scene's: made safe first. */
static void put_text(FILE *out, const char *raw)
{
    char text[1024];
    put_escaped(out, gs_text_visible(text, sizeof text, raw ? raw : "", raw ? strlen(raw) : 0));
}

/* Nothing may be fetched: what a page of a stranger's run could be made to do ends there. */
static const char policy[] =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n";

static void put_head(FILE *out, const struct gs_export_source *source)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width\">\n",
          out);
    fputs(policy, out);
    fputs("<title>", out);
    put_text(out, source->name);
    fputs(source->name && source->title && *source->title ? " · " : "", out);
    put_text(out, source->title);
    fprintf(out, "</title>\n<style>\n%s</style>\n</head>\n", (const char *)gs_html_style);
}

static void put_heading(FILE *out, const struct gs_export_source *source)
{
    char rules[256];
    bool titled = source->title && *source->title;
    gs_export_rules(rules, sizeof rules, " · ", source);
    fputs("<body>\n<header>\n<h1>", out);
    put_text(out, titled ? source->title : source->name ? source->name : "A run");
    fputs("</h1>\n<p class=\"rules\">", out);
    put_text(out, titled ? source->name : "");
    fputs(titled && source->name && *rules ? " · " : "", out);
    put_text(out, rules);
    fputs("</p>\n</header>\n<main>\n", out);
}

static const char picture[] =
    "<div class=\"tools\" role=\"toolbar\" aria-label=\"View\">\n"
    "<button type=\"button\" data-act=\"closer\" aria-label=\"Zoom in\">+</button>\n"
    "<button type=\"button\" data-act=\"wider\" aria-label=\"Zoom out\">−</button>\n"
    "<button type=\"button\" data-act=\"fit\">Whole run</button>\n"
    "<button type=\"button\" data-act=\"before\">Previous change</button>\n"
    "<button type=\"button\" data-act=\"after\">Next change</button>\n"
    "<button type=\"button\" id=\"theme\" aria-pressed=\"false\">Light or dark</button>\n"
    "</div>\n"
    "<div id=\"lanes\" role=\"application\" aria-roledescription=\"timeline\" tabindex=\"0\" "
    "aria-label=\"Lanes of the run\" aria-describedby=\"keys\"></div>\n"
    "<p id=\"sentence\" role=\"status\" aria-live=\"polite\"></p>\n"
    "<ul id=\"legend\" aria-label=\"States\"></ul>\n"
    "<div class=\"panes\">\n"
    "<section aria-labelledby=\"source-name\">\n<h2 id=\"source-name\">Source</h2>\n"
    "<div id=\"source\" role=\"region\" aria-label=\"Source\" tabindex=\"0\"></div>\n</section>\n"
    "<section aria-labelledby=\"said-name\">\n<h2 id=\"said-name\">What it said</h2>\n"
    "<ul id=\"said\"></ul>\n"
    "<details open>\n<summary>Keys in the lanes</summary>\n<dl id=\"keys\">\n"
    "<dt><kbd>← → ↑ ↓</kbd> or <kbd>h l k j</kbd></dt><dd>move</dd>\n"
    "<dt><kbd>.</kbd> <kbd>,</kbd></dt><dd>next, previous change of the lane</dd>\n"
    "<dt><kbd>]</kbd> <kbd>[</kbd></dt><dd>next, previous mark</dd>\n"
    "<dt><kbd>Enter</kbd> <kbd>Backspace</kbd></dt><dd>to who caused it, and back</dd>\n"
    "<dt><kbd>+</kbd> <kbd>-</kbd> <kbd>0</kbd></dt><dd>closer, wider, the whole run</dd>\n"
    "<dt><kbd>g</kbd> <kbd>G</kbd></dt><dd>beginning, end</dd>\n"
    "<dt>mouse</dt><dd>the wheel zooms around the pointer, a drag moves the run, a click the "
    "cursor</dd>\n"
    "</dl>\n</details>\n</section>\n</div>\n</main>\n";

/* The lanes as text, as `--to lanes` writes them. */
static bool put_fallback(FILE *out, const struct gs_export_source *source, struct gs_error *err)
{
    struct gs_export_source plain = *source;
    char *text = NULL;
    size_t size = 0;
    FILE *lanes = open_memstream(&text, &size);
    if (!lanes)
        abort();
    plain.colour = false;
    plain.ascii = false;
    plain.width = source->film.width ? source->film.width : 100;
    bool ok = gs_exporter_find("lanes")->write(lanes, &plain, err);
    fclose(lanes);
    fputs("<noscript>\n<pre>", out);
    if (ok)
        put_escaped(out, text);
    fputs("</pre>\n</noscript>\n", out);
    free(text);
    return ok;
}

static bool write_html(FILE *out, const struct gs_export_source *source, struct gs_error *err)
{
    put_head(out, source);
    put_heading(out, source);
    if (!gs_html_tells(source))
        fputs("<p>This run has too many changes for a sentence on each: export a part of it, with "
              "--from and --until, and there will be.</p>\n",
              out);
    fputs(picture, out);
    bool ok = put_fallback(out, source, err);
    fputs("<script type=\"application/json\" id=\"run\">", out);
    gs_html_put_run(out, source);
    fprintf(out, "</script>\n<script>\n%s</script>\n</body>\n</html>\n",
            (const char *)gs_html_script);
    return ok && gs_export_end(out, err);
}

const struct gs_exporter gs_exporter_html = {
    .name = "html",
    .meaning = "a page with the lanes, a sentence on each change, and the source",
    .write = write_html,
};
