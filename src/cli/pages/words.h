/* What the lists of commands and options say, as shells want it. Private to pages/. */
#ifndef GS_CLI_PAGES_WORDS_H
#define GS_CLI_PAGES_WORDS_H

#include "cli/help.h"
#include "cli/options/option_list.h"

#include <stdio.h>

/* What can stand where a value, or a command's own word, does. */
enum gs_word_kind {
    GS_WORDS_NONE,     /* nothing that anybody could guess */
    GS_WORDS_LIST,     /* one of a few: gs_words_of */
    GS_WORDS_FILE,     /* a file's name */
    GS_WORDS_PROGRAM,  /* a program's */
    GS_WORDS_SCENE,    /* one of `gilscope list`, or a file */
    GS_WORDS_COMMAND,  /* one of our own commands */
    GS_WORDS_PROGRAMS, /* a command line behind -- */
};

enum gs_word_kind gs_words_of_value(const struct gs_option *option);
enum gs_word_kind gs_words_of_command(const struct gs_command *command);

/* "real virtual" of a value like real|virtual, or one whose help tells a word a line, "json: …"; ""
 * if there are none. Returns buffer. */
const char *gs_words_of(char *buffer, size_t size, const struct gs_option *option);

/* What the help says first, in a few words. Returns buffer. */
const char *gs_words_brief(char *buffer, size_t size, const struct gs_option *option);

static inline bool gs_words_takes(enum gs_option_set set, const struct gs_option *option)
{
    return option->sets & 1u << set;
}

/* Text inside '…' of a shell: each ' becomes `quoted`, each other character of `escaped` gets a
 * backslash. */
void gs_words_quote(FILE *out, const char *text, const char *quoted, const char *escaped);

#endif
