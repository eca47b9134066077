#include "cli/pages/words.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Bytes of a line's first word, if it is one that is explained: "json: one JSON object a line". */
static size_t explained(const char *line)
{
    size_t length = strspn(line, "abcdefghijklmnopqrstuvwxyz");
    return length && line[length] == ':' ? length : 0;
}

static const char *next_line(const char *text)
{
    text += strcspn(text, "\n");
    return *text ? text + 1 : text;
}

static void add(char *buffer, size_t size, const char *word, size_t length, const char *behind)
{
    size_t used = strlen(buffer);
    snprintf(buffer + used, size - used, "%s%.*s%s", used ? " " : "", (int)length, word, behind);
}

static bool tells_words(const struct gs_option *option)
{
    return strncmp(option->value, "FORMAT", strlen("FORMAT")) == 0;
}

/* FORMAT=FILE is a word of the list that FORMAT's help has, which is another option's. */
static const struct gs_option *teller(const struct gs_option *option)
{
    if (explained(option->help))
        return option;
    for (const struct gs_option *o = gs_option_list; o->name; o++)
        if (o->value && strcmp(o->value, "FORMAT") == 0 && strcmp(o->name, "to") == 0)
            return o;
    return option;
}

const char *gs_words_of(char *buffer, size_t size, const struct gs_option *option)
{
    buffer[0] = '\0';
    if (option->value && tells_words(option)) {
        const char *behind = strchr(option->value, '=') ? "=" : "";
        for (const char *line = teller(option)->help; *line; line = next_line(line))
            if (explained(line))
                add(buffer, size, line, explained(line), behind);
    } else if (option->value && strchr(option->value, '|')) {
        size_t length;
        for (const char *word = option->value; *word; word += length + (word[length] == '|')) {
            length = strcspn(word, "|");
            add(buffer, size, word, length, "");
        }
    }
    return buffer;
}

enum gs_word_kind gs_words_of_value(const struct gs_option *option)
{
    char words[512];
    if (!option->value)
        return GS_WORDS_NONE;
    if (*gs_words_of(words, sizeof words, option))
        return GS_WORDS_LIST;
    return strcmp(option->value, "FILE") == 0      ? GS_WORDS_FILE
           : strcmp(option->value, "PROGRAM") == 0 ? GS_WORDS_PROGRAM
                                                   : GS_WORDS_NONE;
}

enum gs_word_kind gs_words_of_command(const struct gs_command *command)
{
    return strstr(command->usage, "SCENE")      ? GS_WORDS_SCENE
           : strstr(command->usage, "FILE")     ? GS_WORDS_FILE
           : strstr(command->usage, "COMMAND]") ? GS_WORDS_COMMAND
           : strstr(command->usage, "COMMAND")  ? GS_WORDS_PROGRAMS
                                                : GS_WORDS_NONE;
}

/* Up to the first mark of punctuation that ends a thought, else as many words as fit. */
const char *gs_words_brief(char *buffer, size_t size, const struct gs_option *option)
{
    enum { MOST = 60 };
    const char *help = option->help;
    if (option->value && tells_words(option) && explained(help))
        help = "a format";
    size_t length = strcspn(help, ";\n");
    for (size_t i = 0; i < length; i++)
        if (strchr(":.(", help[i]) && (help[i] == '(' || isspace((unsigned char)help[i + 1])))
            length = i;
    if (length > MOST)
        for (length = MOST; length > 0 && help[length] != ' ';)
            length--;
    while (length > 0 && strchr(" ,", help[length - 1]))
        length--;
    snprintf(buffer, size, "%.*s", (int)length, help);
    return buffer;
}

void gs_words_quote(FILE *out, const char *text, const char *quoted, const char *escaped)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs(quoted, out);
        else
            fprintf(out, "%s%c", strchr(escaped, *text) ? "\\" : "", *text);
    }
}
