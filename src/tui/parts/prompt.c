#include "tui/parts/prompt.h"

#include "tui/keys.h"

#include <stdio.h>
#include <string.h>

void gs_prompt_open(struct gs_prompt *prompt, enum gs_prompt_purpose purpose, const char *text)
{
    prompt->purpose = purpose;
    snprintf(prompt->text, sizeof prompt->text, "%s", text);
    prompt->ask[0] = '\0';
}

void gs_prompt_ask(struct gs_prompt *prompt, enum gs_prompt_purpose purpose, const char *text,
                   const char *ask)
{
    gs_prompt_open(prompt, purpose, text);
    snprintf(prompt->ask, sizeof prompt->ask, "%s", ask);
}

void gs_prompt_again(struct gs_prompt *prompt, enum gs_prompt_purpose purpose)
{
    prompt->purpose = purpose;
}

static void append(char *text, size_t size, uint32_t c)
{
    char bytes[5] = {0};
    if (c < 0x80) {
        bytes[0] = (char)c;
    } else if (c < 0x800) {
        bytes[0] = (char)(0xc0 | c >> 6);
        bytes[1] = (char)(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        bytes[0] = (char)(0xe0 | c >> 12);
        bytes[1] = (char)(0x80 | (c >> 6 & 0x3f));
        bytes[2] = (char)(0x80 | (c & 0x3f));
    } else {
        bytes[0] = (char)(0xf0 | c >> 18);
        bytes[1] = (char)(0x80 | (c >> 12 & 0x3f));
        bytes[2] = (char)(0x80 | (c >> 6 & 0x3f));
        bytes[3] = (char)(0x80 | (c & 0x3f));
    }
    if (strlen(text) + strlen(bytes) < size)
        strcat(text, bytes);
}

static void erase_last(char *text)
{
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] & 0xc0) == 0x80)
        length--;
    text[length > 0 ? length - 1 : 0] = '\0';
}

enum gs_prompt_answer gs_prompt_key(struct gs_prompt *prompt, uint32_t key)
{
    if (key == GS_KEY_ENTER || key == GS_KEY_ESCAPE) {
        prompt->purpose = GS_PROMPT_NONE;
        return key == GS_KEY_ENTER ? GS_PROMPT_ENTERED : GS_PROMPT_LEFT;
    }
    if (key == GS_KEY_BACKSPACE)
        erase_last(prompt->text);
    else if (key >= ' ' && key < GS_KEY_UP)
        append(prompt->text, sizeof prompt->text, key);
    else
        return GS_PROMPT_GOES_ON;
    return GS_PROMPT_CHANGED;
}

int gs_prompt_filter(struct gs_canvas *canvas, const char *filter, int x, int y, int width)
{
    int limit = x + width;
    if (!*filter)
        return x;
    x = gs_canvas_text(canvas, x, y, width, GS_ROLE_MARK, 0, "filter: ");
    x = gs_canvas_text(canvas, x, y, limit - x, GS_ROLE_MARK, 0, filter) + 2;
    x = gs_canvas_text(canvas, x, y, 3, GS_ROLE_KEY, GS_STYLE_BOLD, "esc") + 1;
    return gs_canvas_text(canvas, x, y, 3, GS_ROLE_DIM, 0, "all") + 2;
}

void gs_prompt_draw(struct gs_canvas *canvas, const struct gs_prompt *prompt, int x, int y,
                    int width)
{
    static const struct {
        const char *ask, *such_as;
    } words[] = {
        [GS_PROMPT_SEARCH] = {"search: ", ""},
        [GS_PROMPT_FILTER] = {"filter: ", ""},
        [GS_PROMPT_COMPARE] = {"compare with: ", "cores=1 or gil=off or seed=2,3 or a scene"},
        [GS_PROMPT_RULE] = {"number: ", "nothing: as it is"},
        [GS_PROMPT_RECORD] = {"record into: ", ""},
        [GS_PROMPT_FORMAT] = {"export as: ", "nothing: as it looks"},
        [GS_PROMPT_EXPORT] = {"export into: ", ""}};
    const char *ask = *prompt->ask ? prompt->ask : words[prompt->purpose].ask;
    const char *such_as = words[prompt->purpose].such_as;
    bool example = *such_as && !*prompt->text;
    int at = gs_canvas_text(canvas, x, y, width, GS_ROLE_KEY, GS_STYLE_BOLD, ask);
    at = gs_canvas_text(canvas, at, y, x + width - 1 - at, GS_ROLE_TEXT, 0, prompt->text);
    gs_canvas_put(canvas, at, y, " ", GS_ROLE_CURSOR, 0);
    gs_canvas_text(canvas, at + 3, y, x + width - at - 3, GS_ROLE_DIM, 0,
                   example ? such_as : "enter  go   esc  leave");
}
