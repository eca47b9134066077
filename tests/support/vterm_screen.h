/* A terminal for tests: a child on a pseudo-terminal, its output shown by libvterm. Keys go in, the
 * screen comes out as rows of text. The child is the foreground job of a small shell: when it is
 * stopped the shell counts it aloud ("stopped 1"), and a line from the keyboard continues it. */
#ifndef GS_TEST_VTERM_SCREEN_H
#define GS_TEST_VTERM_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

struct vscreen;

struct vscreen_conf {
    int width, height;
    int (*child)(void *context); /* runs in the child, gives its exit status */
    void *context;
    const char *const *environment; /* "NAME=value", … NULL; added to TERM and a UTF-8 locale */
};

struct vscreen *vscreen_open(const struct vscreen_conf *conf);
/* Ends the child if it still is there. */
void vscreen_close(struct vscreen *screen);

void vscreen_keys(struct vscreen *screen, const char *bytes);
/* What the terminal sends for it: nothing where nobody has asked to be told. Cells from 0. */
void vscreen_click(struct vscreen *screen, int x, int y);
/* … and without the marks around it where nobody has asked for them. */
void vscreen_paste(struct vscreen *screen, const char *text);
void vscreen_resize(struct vscreen *screen, int width, int height);
void vscreen_signal(struct vscreen *screen, int signal_number);
/* The terminal goes away under the child. */
void vscreen_hang_up(struct vscreen *screen);

/* Shows output for so long. */
void vscreen_settle(struct vscreen *screen, int ms);
/* Shows output until text stands in some row; fails the test, printing the screen, after 5 s. */
void vscreen_expect(struct vscreen *screen, const char *text);
/* … until it stands nowhere. */
void vscreen_expect_gone(struct vscreen *screen, const char *text);
bool vscreen_has(const struct vscreen *screen, const char *text);
const char *vscreen_row(const struct vscreen *screen, int y, char *buffer, size_t size);
/* All rows; free it. */
char *vscreen_text(const struct vscreen *screen);
/* True if any cell has a colour of its own. */
bool vscreen_has_colour(const struct vscreen *screen);
/* A cell's colours among the 256; -1: the terminal's own, or another. */
void vscreen_colours(const struct vscreen *screen, int x, int y, int *text, int *ground);
/* All rows, to stderr. */
void vscreen_print(const struct vscreen *screen);

/* Waits for the child's end, 5 s at most; its wait status. */
int vscreen_wait(struct vscreen *screen);
/* The terminal's settings now, and as they were before the child ran. */
struct termios vscreen_settings(const struct vscreen *screen);
struct termios vscreen_first_settings(const struct vscreen *screen);
/* Whether the terminal shows its main screen (not the one for full-screen programs) and a cursor,
 * and keeps the mouse for itself. */
bool vscreen_restored(const struct vscreen *screen);
/* Whether somebody has asked to be told of the mouse. */
bool vscreen_tells_mouse(const struct vscreen *screen);
size_t vscreen_bytes(const struct vscreen *screen); /* output so far */
pid_t vscreen_pid(const struct vscreen *screen);    /* of the job, where there is a shell */

#endif
