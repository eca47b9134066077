#include "tui/parts/notice.h"

#include <stdarg.h>
#include <stdio.h>

void gs_notice_say(struct gs_notice *notice, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(notice->text, sizeof notice->text, format, args);
    va_end(args);
}
