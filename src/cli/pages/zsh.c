/* A completion for zsh, in the words of its function _arguments: see zshcompsys(1). */
#include "cli/pages/pages.h"

#include "cli/pages/words.h"

static const char begin[] =
    "#compdef gilscope\n"
    "# Made when the program was built: see src/cli/pages/zsh.c.\n"
    "\n"
    "_gilscope_scenes() {\n"
    "    local -a scenes\n"
    "    scenes=(${(f)\"$(gilscope list 2>/dev/null | sed -n 's/^  \\([^ ]*\\) .*/\\1/p')\"})\n"
    "    compadd -a scenes\n"
    "    _files\n"
    "}\n"
    "\n"
    "_gilscope_commands() {\n"
    "    local -a commands\n"
    "    commands=(\n";

static const char middle[] = "    )\n"
                             "    _describe command commands\n"
                             "}\n"
                             "\n"
                             "_gilscope() {\n"
                             "    if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
                             "        _gilscope_commands\n"
                             "        return\n"
                             "    fi\n"
                             "    local command=$words[2]\n"
                             "    if [[ $command != -* ]]; then\n"
                             "        shift words\n"
                             "        (( CURRENT-- ))\n"
                             "    fi\n"
                             "    case $command in\n";

/* Where an autoloaded function is run for the first time, it completes at once. */
static const char end[] = "    esac\n"
                          "}\n"
                          "\n"
                          "_gilscope \"$@\"\n";

static void put_quoted(FILE *out, const char *text)
{
    gs_words_quote(out, text, "'\\''", ":[]");
}

static void put_action(FILE *out, const struct gs_option *option)
{
    char list[512];
    fputs(":", out);
    put_quoted(out, option->value);
    fputs(":", out);
    switch (gs_words_of_value(option)) {
    case GS_WORDS_LIST:
        fprintf(out, "(%s)", gs_words_of(list, sizeof list, option));
        return;
    case GS_WORDS_FILE:
        fputs("_files", out);
        return;
    case GS_WORDS_PROGRAM:
        fputs("_command_names -e", out);
        return;
    case GS_WORDS_NONE:
    case GS_WORDS_SCENE:
    case GS_WORDS_COMMAND:
    case GS_WORDS_PROGRAMS:
        return;
    }
}

static void put_option(FILE *out, const struct gs_option *option)
{
    char brief[128];
    gs_words_brief(brief, sizeof brief, option);
    for (int form = option->letter ? 0 : 1; form < 2; form++) {
        fputs(" \\\n            '*", out);
        if (form == 0)
            fprintf(out, "-%c%s", option->letter, option->value ? "+" : "");
        else
            fprintf(out, "--%s%s", option->name, option->value ? "=" : "");
        fputs("[", out);
        put_quoted(out, brief);
        fputs("]", out);
        if (option->value)
            put_action(out, option);
        fputs("'", out);
    }
}

static const char *own_words(const struct gs_command *command)
{
    switch (gs_words_of_command(command)) {
    case GS_WORDS_SCENE:
        return "'*:scene:_gilscope_scenes'";
    case GS_WORDS_FILE:
        return "'1:recording:_files'";
    case GS_WORDS_COMMAND:
        return "'1:command:_gilscope_commands'";
    case GS_WORDS_PROGRAMS:
        return "'*:: :_normal'";
    case GS_WORDS_NONE:
    case GS_WORDS_LIST:
    case GS_WORDS_PROGRAM:
        break;
    }
    return "";
}

static void put_set(FILE *out, const char *name, enum gs_option_set set, const char *own)
{
    fprintf(out, "    %s)\n        _arguments -s -S %s", name, own);
    for (const struct gs_option *o = gs_option_list; o->name; o++)
        if (gs_words_takes(set, o))
            put_option(out, o);
    fputs("\n        ;;\n", out);
}

void gs_page_zsh(FILE *out)
{
    fputs(begin, out);
    for (const struct gs_command *c = gs_commands; c->name; c++) {
        fprintf(out, "        '%s:", c->name);
        put_quoted(out, c->brief);
        fputs("'\n", out);
    }
    fputs(middle, out);
    for (const struct gs_command *c = gs_commands; c->name; c++)
        put_set(out, c->name, c->options, own_words(c));
    put_set(out, "*", GS_OPTIONS_CHOOSE, "'--version[the version]'");
    fputs(end, out);
}
