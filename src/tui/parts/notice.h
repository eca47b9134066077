/* The answer to the last key, where the screen itself does not show one: "There is no mark before
 * this." Gone with the next key. */
#ifndef GS_TUI_PARTS_NOTICE_H
#define GS_TUI_PARTS_NOTICE_H

struct gs_notice {
    char text[256]; /* "": none */
};

void gs_notice_say(struct gs_notice *notice, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
