#include "cli/pages/pages.h"

#include "base/text.h"
#include "cli/pages/words.h"
#include "sched/costs.h"

#include <inttypes.h>
#include <string.h>

/* Text in which nothing is a request or an escape: a hyphen that is typed stays one, and what is
 * not ASCII goes by its number, which groff and mandoc both know. */
static void put_text(FILE *out, const char *text)
{
    size_t left = strlen(text), length;
    for (bool starts = true; left > 0; text += length, left -= length) {
        uint32_t code;
        length = gs_text_decode(text, left, &code);
        if (!length)
            return;
        if (starts && (*text == '.' || *text == '\''))
            fputs("\\&", out);
        starts = *text == '\n';
        if (*text == '-')
            fputs("\\-", out);
        else if (*text == '\\')
            fputs("\\e", out);
        else if (*text == '\n')
            fputs(text[1] == ' ' ? "\n" : "\n.br\n", out); /* a blank breaks the line by itself */
        else if (length > 1)
            fprintf(out, "\\[u%04X]", (unsigned)code);
        else
            fputc(*text, out);
    }
}

static void put_paragraph(FILE *out, const char *text)
{
    fputs(".PP\n", out);
    put_text(out, text);
    fputs("\n", out);
}

static void put_section(FILE *out, const char *name)
{
    fprintf(out, ".SH %s\n", name);
}

static void put_names(FILE *out)
{
    put_section(out, "NAME");
    fputs("gilscope \\- watch what the scheduler does with concurrent programs\n", out);
    put_section(out, "SYNOPSIS");
    fputs("\\fBgilscope\\fR [\\fIOPTIONS\\fR]\n", out);
    for (const struct gs_command *c = gs_commands; c->name; c++) {
        fprintf(out, ".br\n\\fBgilscope %s\\fR ", c->name);
        put_text(out, c->usage);
        fputs("\n", out);
    }
    put_section(out, "DESCRIPTION");
    put_text(out, gs_help_what);
    fputs("\n", out);
    put_paragraph(out, gs_help_scene);
}

static void put_commands(FILE *out)
{
    put_section(out, "COMMANDS");
    for (const struct gs_command *c = gs_commands; c->name; c++) {
        fprintf(out, ".TP\n\\fB%s\\fR ", c->name);
        put_text(out, c->usage);
        fputs("\n", out);
        put_text(out, c->about);
        fputs("\n", out);
    }
}

/* "Of run, trace and without a command." */
static void put_takers(FILE *out, const struct gs_option *option)
{
    const char *before = "\n.br\nOf ";
    for (const struct gs_command *c = gs_commands; c->name; c++) {
        if (!gs_words_takes(c->options, option))
            continue;
        fprintf(out, "%s\\fB%s\\fR", before, c->name);
        before = ", ";
    }
    if (gs_words_takes(GS_OPTIONS_CHOOSE, option))
        fprintf(out, "%swithout a command", before);
    fputs(".\n", out);
}

static void put_option(FILE *out, const struct gs_option *option)
{
    fputs(".TP\n", out);
    if (option->letter)
        fprintf(out, "\\fB\\-%c\\fR, ", option->letter);
    fputs("\\fB\\-\\-", out);
    put_text(out, option->name);
    fputs("\\fR", out);
    if (option->value) {
        fputs(" \\fI", out);
        put_text(out, option->value);
        fputs("\\fR", out);
    }
    fputs("\n", out);
    put_text(out, option->help);
    put_takers(out, option);
}

static void put_options(FILE *out)
{
    static const char *const headings[] = {[GS_GROUP_RUN] = "How it runs",
                                           [GS_GROUP_SHOW] = "What is shown",
                                           [GS_GROUP_OTHER] = "Help"};
    put_section(out, "OPTIONS");
    for (int group = GS_GROUP_RUN; group <= GS_GROUP_OTHER; group++) {
        fprintf(out, ".SS %s\n", headings[group]);
        for (const struct gs_option *o = gs_option_list; o->name; o++)
            if (o->group == (enum gs_option_group)group)
                put_option(out, o);
    }
    fputs(".TP\n\\fB\\-\\-version\\fR\nthe program's version\n", out);
}

static void put_costs(FILE *out)
{
    struct gs_costs costs;
    gs_costs_init(&costs);
    put_section(out, "COSTS");
    put_text(out, "What things cost on the virtual clock, in ns, unless --cost says otherwise:");
    fputs("\n", out);
    for (int i = 0; i < GS_COSTS; i++) {
        fputs(".TP\n", out);
        fprintf(out, "\\fB%s\\fR  %" PRIu64 "\n", gs_cost_name((enum gs_cost)i), costs.ns[i]);
        put_text(out, gs_cost_doc((enum gs_cost)i));
        fputs("\n", out);
    }
}

/* A paragraph of the help that begins with its title and a colon. */
static void put_titled(FILE *out, const char *title, const char *text)
{
    put_section(out, title);
    put_text(out, strchr(text, ':') + 2);
    fputs("\n", out);
}

void gs_page_man(FILE *out)
{
    fputs(".\\\" Made when the program was built: see src/cli/pages/man.c.\n", out);
    fputs(".TH GILSCOPE 1 \"\" \"gilscope " GS_VERSION "\" \"User Commands\"\n", out);
    put_names(out);
    put_commands(out);
    put_options(out);
    put_costs(out);
    put_titled(out, "EXIT STATUS", gs_help_status);
    put_titled(out, "ENVIRONMENT", gs_help_environment);
    put_section(out, "SEE ALSO");
    fputs("\\fBpython3\\fR(1)\n", out);
}
