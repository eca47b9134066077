#include "cli/say/say.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void say(const char *format, va_list args, const char *behind)
{
    char text[4096], visible[8192];
    vsnprintf(text, sizeof text, format, args);
    gs_text_visible(visible, sizeof visible, text, strlen(text));
    fprintf(stderr, "gilscope: %s%s\n", visible, behind);
}

void gs_cli_say(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args, "");
    va_end(args);
}

int gs_cli_misuse(const char *command, const char *format, ...)
{
    char behind[64];
    va_list args;
    snprintf(behind, sizeof behind, " (see: gilscope%s%s --help)", command[0] ? " " : "", command);
    va_start(args, format);
    say(format, args, behind);
    va_end(args);
    return GS_EXIT_USAGE;
}
