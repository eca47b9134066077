#include "export/svg/parts.h"

#include "base/text.h"

#include <string.h>

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

/* What XML 1.0 calls Char, section 2.2: no controls, and not the two that are no characters. */
static bool is_allowed(uint32_t code)
{
    return (code >= 0x20 || code == '\t' || code == '\n') && code != 0xFFFE && code != 0xFFFF;
}

void gs_xml_text(FILE *out, const char *text)
{
    size_t left = strlen(text);
    while (left) {
        uint32_t code;
        size_t n = gs_text_decode(text, left, &code);
        if (n == 0 || !is_allowed(code))
            fputs("\xEF\xBF\xBD", out);
        else if (entity(*text))
            fputs(entity(*text), out);
        else
            fwrite(text, 1, n, out);
        n = n ? n : 1;
        text += n;
        left -= n;
    }
}
