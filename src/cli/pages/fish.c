/* A completion for fish: a line a command, and one an option with the commands that take it. */
#include "cli/pages/pages.h"

#include "cli/pages/words.h"

static const char begin[] =
    "# fish completion for gilscope. Made when the program was built: see src/cli/pages/fish.c.\n"
    "\n"
    "function __gilscope_scenes\n"
    "    gilscope list 2>/dev/null | string match -rg '^  (\\S+) '\n"
    "end\n"
    "\n"
    "complete -c gilscope -f\n"
    "complete -c gilscope -n __fish_use_subcommand -l version -d 'the version'\n";

static void put_quoted(FILE *out, const char *text)
{
    fputc('\'', out);
    gs_words_quote(out, text, "\\'", "\\");
    fputc('\'', out);
}

/* When it can stand: behind one of these commands, or without any. */
static void put_condition(FILE *out, unsigned sets)
{
    fputs("complete -c gilscope -n '", out);
    if (sets & 1u << GS_OPTIONS_CHOOSE)
        fputs("__fish_use_subcommand; or ", out);
    fputs("__fish_seen_subcommand_from", out);
    for (const struct gs_command *c = gs_commands; c->name; c++)
        if (sets & 1u << c->options)
            fprintf(out, " %s", c->name);
    fputs("'", out);
}

static void put_value(FILE *out, const struct gs_option *option)
{
    char list[512];
    switch (gs_words_of_value(option)) {
    case GS_WORDS_LIST:
        fprintf(out, " -x -a '%s'", gs_words_of(list, sizeof list, option));
        return;
    case GS_WORDS_FILE:
        fputs(" -r -F", out);
        return;
    case GS_WORDS_PROGRAM:
        fputs(" -x -a '(__fish_complete_command)'", out);
        return;
    case GS_WORDS_NONE:
    case GS_WORDS_SCENE:
    case GS_WORDS_COMMAND:
    case GS_WORDS_PROGRAMS:
        fputs(" -x", out);
        return;
    }
}

static void put_option(FILE *out, const struct gs_option *option)
{
    char brief[128];
    put_condition(out, option->sets);
    if (option->letter)
        fprintf(out, " -s %c", option->letter);
    fprintf(out, " -l %s", option->name);
    if (option->value)
        put_value(out, option);
    fputs(" -d ", out);
    put_quoted(out, gs_words_brief(brief, sizeof brief, option));
    fputs("\n", out);
}

static void put_command(FILE *out, const struct gs_command *command)
{
    fprintf(out, "complete -c gilscope -n __fish_use_subcommand -a %s -d ", command->name);
    put_quoted(out, command->brief);
    fputs("\n", out);
    enum gs_word_kind own = gs_words_of_command(command);
    if (own == GS_WORDS_NONE)
        return;
    put_condition(out, 1u << command->options);
    if (own == GS_WORDS_SCENE)
        fputs(" -F -a '(__gilscope_scenes)'\n", out);
    else if (own == GS_WORDS_FILE)
        fputs(" -F\n", out);
    else if (own == GS_WORDS_PROGRAMS)
        fputs(" -x -a '(__fish_complete_subcommand)'\n", out);
    else {
        fputs(" -a '", out);
        for (const struct gs_command *c = gs_commands; c->name; c++)
            fprintf(out, "%s%s", c == gs_commands ? "" : " ", c->name);
        fputs("'\n", out);
    }
}

void gs_page_fish(FILE *out)
{
    fputs(begin, out);
    for (const struct gs_command *c = gs_commands; c->name; c++)
        put_command(out, c);
    for (const struct gs_option *o = gs_option_list; o->name; o++)
        put_option(out, o);
}
