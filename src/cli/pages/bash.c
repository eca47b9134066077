/* A completion for bash 4 and later; needs nothing of the package bash-completion, which finds it
 * by its name. */
#include "cli/pages/pages.h"

#include "cli/pages/words.h"

#include <string.h>

/* `=` parts words: "--clock=v" is "--clock", "=", "v". */
static const char begin[] =
    "# bash completion for gilscope. Made when the program was built: see src/cli/pages/bash.c.\n"
    "\n"
    "_gilscope_scenes() { gilscope list 2>/dev/null | sed -n 's/^  \\([^ ]*\\) .*/\\1/p'; }\n"
    "\n"
    "_gilscope() {\n"
    "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
    "    local command=${COMP_WORDS[1]} words= values= i\n"
    "    COMPREPLY=()\n"
    "    if [[ $current == = ]]; then\n"
    "        current=\n"
    "    elif [[ $before == = ]]; then\n"
    "        before=${COMP_WORDS[COMP_CWORD-2]}\n"
    "    fi\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        if [[ ${COMP_WORDS[i]} == -- ]]; then # what follows is the program's\n"
    "            compopt -o default 2>/dev/null\n"
    "            return\n"
    "        fi\n"
    "    done\n"
    "    case $before in\n";

static const char options[] =
    "    if [[ $values ]]; then\n"
    "        COMPREPLY=($(compgen -W \"$values\" -- \"$current\"))\n"
    "        if [[ ${COMPREPLY[*]} == *= ]]; then compopt -o nospace; fi\n"
    "        return\n"
    "    fi\n"
    "    if [[ $COMP_CWORD == 1 && $current != -* ]]; then\n"
    "        COMPREPLY=($(compgen -W \"$commands\" -- \"$current\"))\n"
    "        return\n"
    "    fi\n"
    "    case $command in\n";

static const char words[] = "    esac\n"
                            "    if [[ $current == -* ]]; then\n"
                            "        COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                            "        return\n"
                            "    fi\n"
                            "    case $command in\n";

static const char end[] = "    esac\n"
                          "}\n"
                          "complete -F _gilscope gilscope\n";

static void put_names(FILE *out, const struct gs_option *option)
{
    fprintf(out, "--%s", option->name);
    if (option->letter)
        fprintf(out, " | -%c", option->letter);
}

static void put_value(FILE *out, const struct gs_option *option, enum gs_word_kind kind)
{
    char list[512];
    fputs("    ", out);
    put_names(out, option);
    if (kind == GS_WORDS_LIST)
        fprintf(out, ") values='%s' ;;\n", gs_words_of(list, sizeof list, option));
    else if (kind == GS_WORDS_FILE)
        fputs(") compopt -o filenames; COMPREPLY=($(compgen -f -- \"$current\")); return ;;\n",
              out);
    else
        fputs(") COMPREPLY=($(compgen -c -- \"$current\")); return ;;\n", out);
}

/* Of two options of one name the first says what the value is. */
static bool has_value(const struct gs_option *option)
{
    for (const struct gs_option *o = gs_option_list; o != option; o++)
        if (o->value && strcmp(o->name, option->name) == 0)
            return false;
    return option->value;
}

static void put_values(FILE *out)
{
    for (const struct gs_option *o = gs_option_list; o->name; o++)
        if (has_value(o) && gs_words_of_value(o) != GS_WORDS_NONE)
            put_value(out, o, gs_words_of_value(o));
    const char *before = "    ";
    for (const struct gs_option *o = gs_option_list; o->name; o++)
        if (has_value(o) && gs_words_of_value(o) == GS_WORDS_NONE) {
            fputs(before, out);
            put_names(out, o);
            before = " | ";
        }
    fputs(") return ;; # nobody can guess it\n", out);
}

static void put_options(FILE *out, enum gs_option_set set)
{
    for (const struct gs_option *o = gs_option_list; o->name; o++)
        if (gs_words_takes(set, o))
            fprintf(out, " --%s", o->name);
}

static void put_own_words(FILE *out, const struct gs_command *command)
{
    switch (gs_words_of_command(command)) {
    case GS_WORDS_SCENE:
        fprintf(out,
                "    %s) compopt -o filenames\n"
                "        COMPREPLY=($(compgen -W \"$(_gilscope_scenes)\" -- \"$current\")"
                " $(compgen -f -- \"$current\")) ;;\n",
                command->name);
        return;
    case GS_WORDS_FILE:
        fprintf(out, "    %s) compopt -o filenames; COMPREPLY=($(compgen -f -- \"$current\")) ;;\n",
                command->name);
        return;
    case GS_WORDS_COMMAND:
        fprintf(out, "    %s) COMPREPLY=($(compgen -W \"$commands\" -- \"$current\")) ;;\n",
                command->name);
        return;
    case GS_WORDS_NONE:
    case GS_WORDS_LIST:
    case GS_WORDS_PROGRAM:
    case GS_WORDS_PROGRAMS:
        return;
    }
}

void gs_page_bash(FILE *out)
{
    fputs(begin, out);
    put_values(out);
    fputs("    esac\n    local commands='", out);
    for (const struct gs_command *c = gs_commands; c->name; c++)
        fprintf(out, "%s%s", c == gs_commands ? "" : " ", c->name);
    fputs("'\n", out);
    fputs(options, out);
    for (const struct gs_command *c = gs_commands; c->name; c++) {
        fprintf(out, "    %s) words='", c->name);
        put_options(out, c->options);
        fputs("' ;;\n", out);
    }
    fputs("    *) words='--version", out);
    put_options(out, GS_OPTIONS_CHOOSE);
    fputs("' ;;\n", out);
    fputs(words, out);
    for (const struct gs_command *c = gs_commands; c->name; c++)
        put_own_words(out, c);
    fputs(end, out);
}
