/* One line of text that the user types: what to search, what to filter, what to compare with. */
#ifndef GS_TUI_PARTS_PROMPT_H
#define GS_TUI_PARTS_PROMPT_H

#include "draw/canvas.h"

#define GS_PROMPT_MAX 128

enum gs_prompt_purpose {
    GS_PROMPT_NONE,
    GS_PROMPT_SEARCH,
    GS_PROMPT_FILTER,
    GS_PROMPT_COMPARE,
    GS_PROMPT_RECORD,
    GS_PROMPT_FORMAT,
    GS_PROMPT_EXPORT,
    GS_PROMPT_RULE
};

struct gs_prompt {
    enum gs_prompt_purpose purpose; /* NONE: no prompt is open */
    char text[GS_PROMPT_MAX];       /* UTF-8 */
    char ask[96];                   /* in place of the purpose's own words; "": those */
};

enum gs_prompt_answer { GS_PROMPT_GOES_ON, GS_PROMPT_CHANGED, GS_PROMPT_ENTERED, GS_PROMPT_LEFT };

void gs_prompt_open(struct gs_prompt *prompt, enum gs_prompt_purpose purpose, const char *text);

/* Likewise, asking in other words than the purpose's. */
void gs_prompt_ask(struct gs_prompt *prompt, enum gs_prompt_purpose purpose, const char *text,
                   const char *ask);

/* Opens it once more with the text that it had. */
void gs_prompt_again(struct gs_prompt *prompt, enum gs_prompt_purpose purpose);

/* What a key means to an open prompt. Entered and left close it; its text stays readable. */
enum gs_prompt_answer gs_prompt_key(struct gs_prompt *prompt, uint32_t key);

/* Nobody should miss lanes without being told why: the filter, and the key that ends it. Nothing if
 * it is "". Returns the column behind. */
int gs_prompt_filter(struct gs_canvas *canvas, const char *filter, int x, int y, int width);

void gs_prompt_draw(struct gs_canvas *canvas, const struct gs_prompt *prompt, int x, int y,
                    int width);

#endif
