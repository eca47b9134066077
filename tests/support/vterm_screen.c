#include "support/vterm_screen.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>
#include <vterm.h>

#include <cmocka.h>

/* A sanitizer's build on a machine that has other work takes that long for a picture. */
#define PATIENCE_MS 20000

struct vscreen {
    VTerm *vt;
    VTermScreen *cells;
    int width, height, master, slave;
    pid_t shell;
    int report; /* where the shell writes how its job ended */
    bool ended, alternate, cursor, mouse;
    int status;
    size_t bytes, matched; /* matched: of the sequence that asks for a cursor or none */
    struct termios first;
};

static int on_property(VTermProp property, VTermValue *value, void *context)
{
    struct vscreen *s = context;
    if (property == VTERM_PROP_ALTSCREEN)
        s->alternate = value->boolean;
    if (property == VTERM_PROP_MOUSE)
        s->mouse = value->number != VTERM_PROP_MOUSE_NONE;
    return 1;
}

static void prepare_environment(const struct vscreen_conf *conf)
{
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("NO_COLOR");
    for (const char *const *e = conf->environment; e && *e; e++)
        putenv((char *)*e);
    /* The test framework's handlers must not hide a crash. */
    const int crashes[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
        signal(crashes[i], SIG_DFL);
}

static void give_terminal_to(pid_t group)
{
    signal(SIGTTOU, SIG_IGN);
    tcsetpgrp(STDIN_FILENO, group);
    signal(SIGTTOU, SIG_DFL);
}

/* What a shell does for a job: a process group of its own with the terminal, and when it stops the
 * terminal back and a word to the user. Gives the wait status of its end. */
static int run_as_job(const struct vscreen_conf *conf)
{
    pid_t job = fork();
    int stops = 0, status = 0;
    if (job == 0) {
        signal(SIGHUP, SIG_DFL);
        setpgid(0, 0);
        give_terminal_to(getpid());
        _exit(conf->child(conf->context));
    }
    while (waitpid(job, &status, WUNTRACED) == job && WIFSTOPPED(status)) {
        char line[16];
        give_terminal_to(getpgrp());
        dprintf(STDOUT_FILENO, "stopped %d\r\n", ++stops);
        if (read(STDIN_FILENO, line, sizeof line) <= 0)
            break;
        give_terminal_to(job);
        kill(-job, SIGCONT);
    }
    return status;
}

/* The terminal's first process. It outlives its job: with it the kernel would take the terminal
 * away, and with that the last bytes that nobody has read. */
static void run_shell(const struct vscreen *s, const struct vscreen_conf *conf, int report)
{
    /* A test that fails ends without closing its screen. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(s->master);
    login_tty(s->slave);
    signal(SIGHUP, SIG_IGN);
    prepare_environment(conf);
    int status = run_as_job(conf);
    if (write(report, &status, sizeof status) != sizeof status)
        _exit(1);
    for (;;)
        pause();
}

struct vscreen *vscreen_open(const struct vscreen_conf *conf)
{
    static const VTermScreenCallbacks callbacks = {.settermprop = on_property};
    struct vscreen *s = calloc(1, sizeof *s);
    *s = (struct vscreen){.width = conf->width, .height = conf->height, .cursor = true};
    struct winsize size = {.ws_col = (unsigned short)conf->width,
                           .ws_row = (unsigned short)conf->height};
    assert_int_equal(openpty(&s->master, &s->slave, NULL, NULL, &size), 0);
    tcgetattr(s->slave, &s->first);
    s->vt = vterm_new(conf->height, conf->width);
    vterm_set_utf8(s->vt, 1);
    s->cells = vterm_obtain_screen(s->vt);
    vterm_screen_set_callbacks(s->cells, &callbacks, s);
    vterm_screen_enable_altscreen(s->cells, 1);
    vterm_screen_reset(s->cells, 1);
    int report[2];
    assert_int_equal(pipe2(report, O_CLOEXEC | O_NONBLOCK), 0);
    s->report = report[0];
    fflush(NULL);
    s->shell = fork();
    if (s->shell == 0)
        run_shell(s, conf, report[1]);
    close(report[1]);
    return s;
}

static bool has_ended(struct vscreen *s)
{
    if (!s->ended)
        s->ended = read(s->report, &s->status, sizeof s->status) == sizeof s->status;
    return s->ended;
}

void vscreen_close(struct vscreen *s)
{
    if (!has_ended(s) && s->master >= 0)
        kill(-vscreen_pid(s), SIGKILL);
    kill(s->shell, SIGKILL);
    waitpid(s->shell, NULL, 0);
    close(s->report);
    if (s->master >= 0)
        close(s->master);
    if (s->slave >= 0)
        close(s->slave);
    vterm_free(s->vt);
    free(s);
}

/* libvterm gives the cursor back as it was saved with the main screen; terminals give it back as it
 * was last asked for. */
static void follow_cursor(struct vscreen *s, const char *bytes, size_t count)
{
    static const char ask[] = "\033[?25";
    for (size_t i = 0; i < count; i++) {
        if (s->matched == sizeof ask - 1) {
            s->cursor = bytes[i] == 'h' ? true : bytes[i] == 'l' ? false : s->cursor;
            s->matched = 0;
        } else if (bytes[i] == ask[s->matched]) {
            s->matched++;
        } else {
            s->matched = bytes[i] == ask[0];
        }
    }
}

/* Shows what has come, waiting up to ms for more; false: nothing came. */
static bool pump(struct vscreen *s, int ms)
{
    char bytes[65536];
    struct pollfd p = {.fd = s->master, .events = POLLIN};
    if (s->master < 0 || poll(&p, 1, ms) <= 0)
        return false;
    ssize_t n = read(s->master, bytes, sizeof bytes);
    if (n <= 0)
        return false;
    s->bytes += (size_t)n;
    follow_cursor(s, bytes, (size_t)n);
    vterm_input_write(s->vt, bytes, (size_t)n);
    return true;
}

void vscreen_settle(struct vscreen *s, int ms)
{
    uint64_t until = gs_clock_system() + (uint64_t)ms * 1000000u;
    for (uint64_t now = gs_clock_system(); now < until; now = gs_clock_system())
        if (!pump(s, (int)((until - now) / 1000000u) + 1) && s->master < 0)
            return;
}

void vscreen_keys(struct vscreen *s, const char *bytes)
{
    size_t size = strlen(bytes);
    assert_int_equal(write(s->master, bytes, size), (ssize_t)size);
}

/* What the terminal answers, to the child. */
static void answer(struct vscreen *s)
{
    char bytes[256];
    size_t count = vterm_output_read(s->vt, bytes, sizeof bytes);
    assert_true(count == 0 || write(s->master, bytes, count) == (ssize_t)count);
}

void vscreen_click(struct vscreen *s, int x, int y)
{
    vterm_mouse_move(s->vt, y, x, VTERM_MOD_NONE);
    vterm_mouse_button(s->vt, 1, true, VTERM_MOD_NONE);
    vterm_mouse_button(s->vt, 1, false, VTERM_MOD_NONE);
    answer(s);
}

void vscreen_paste(struct vscreen *s, const char *text)
{
    vterm_keyboard_start_paste(s->vt);
    answer(s);
    vscreen_keys(s, text);
    vterm_keyboard_end_paste(s->vt);
    answer(s);
}

void vscreen_resize(struct vscreen *s, int width, int height)
{
    struct winsize size = {.ws_col = (unsigned short)width, .ws_row = (unsigned short)height};
    s->width = width;
    s->height = height;
    vterm_set_size(s->vt, height, width);
    ioctl(s->master, TIOCSWINSZ, &size);
}

void vscreen_signal(struct vscreen *s, int signal_number)
{
    kill(vscreen_pid(s), signal_number);
}

void vscreen_hang_up(struct vscreen *s)
{
    close(s->slave);
    close(s->master);
    s->master = s->slave = -1;
}

static size_t cell_text(const struct vscreen *s, int y, int x, char *out, size_t room)
{
    VTermScreenCell cell;
    vterm_screen_get_cell(s->cells, (VTermPos){.row = y, .col = x}, &cell);
    uint32_t c = cell.chars[0] ? cell.chars[0] : ' ';
    if (c == (uint32_t)-1 || room < 5)
        return 0;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    out[0] = (char)(0xe0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3f));
    out[2] = (char)(0x80 | (c & 0x3f));
    return 3;
}

const char *vscreen_row(const struct vscreen *s, int y, char *buffer, size_t size)
{
    size_t used = 0;
    for (int x = 0; x < s->width; x++)
        used += cell_text(s, y, x, buffer + used, size - used);
    while (used > 0 && buffer[used - 1] == ' ')
        used--;
    buffer[used] = '\0';
    return buffer;
}

bool vscreen_has(const struct vscreen *s, const char *text)
{
    char row[4096];
    for (int y = 0; y < s->height; y++)
        if (strstr(vscreen_row(s, y, row, sizeof row), text))
            return true;
    return false;
}

void vscreen_print(const struct vscreen *s)
{
    char row[4096];
    for (int y = 0; y < s->height; y++)
        fprintf(stderr, "%2d|%s\n", y, vscreen_row(s, y, row, sizeof row));
}

static void expect(struct vscreen *s, const char *text, bool there)
{
    uint64_t until = gs_clock_system() + PATIENCE_MS * 1000000ull;
    while (vscreen_has(s, text) != there && gs_clock_system() < until)
        pump(s, 20);
    if (vscreen_has(s, text) == there)
        return;
    vscreen_print(s);
    fail_msg("\"%s\" %s", text, there ? "does not come" : "does not go");
}

void vscreen_expect(struct vscreen *s, const char *text)
{
    expect(s, text, true);
}

void vscreen_expect_gone(struct vscreen *s, const char *text)
{
    expect(s, text, false);
}

char *vscreen_text(const struct vscreen *s)
{
    size_t room = (size_t)s->height * 4096, used = 0;
    char *text = malloc(room);
    for (int y = 0; y < s->height; y++) {
        used += strlen(vscreen_row(s, y, text + used, room - used));
        text[used++] = '\n';
    }
    text[used - 1] = '\0';
    return text;
}

bool vscreen_has_colour(const struct vscreen *s)
{
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            VTermScreenCell cell;
            vterm_screen_get_cell(s->cells, (VTermPos){.row = y, .col = x}, &cell);
            if (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg))
                return true;
        }
    return false;
}

static int number_of(const VTermColor *colour, bool is_default)
{
    return !is_default && VTERM_COLOR_IS_INDEXED(colour) ? colour->indexed.idx : -1;
}

void vscreen_colours(const struct vscreen *s, int x, int y, int *text, int *ground)
{
    VTermScreenCell cell;
    vterm_screen_get_cell(s->cells, (VTermPos){.row = y, .col = x}, &cell);
    *text = number_of(&cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
    *ground = number_of(&cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));
}

int vscreen_wait(struct vscreen *s)
{
    uint64_t until = gs_clock_system() + PATIENCE_MS * 1000000ull;
    while (!has_ended(s) && gs_clock_system() < until)
        if (!pump(s, 10))
            usleep(1000);
    /* On a busy machine its last bytes may come after its end. */
    until = gs_clock_system() + 1000 * 1000000ull;
    while (pump(s, 20) || (!vscreen_restored(s) && s->master >= 0 && gs_clock_system() < until))
        ;
    assert_true(s->ended);
    return s->status;
}

struct termios vscreen_settings(const struct vscreen *s)
{
    struct termios now;
    tcgetattr(s->slave, &now);
    return now;
}

struct termios vscreen_first_settings(const struct vscreen *s)
{
    return s->first;
}

bool vscreen_restored(const struct vscreen *s)
{
    return !s->alternate && s->cursor && !s->mouse;
}

bool vscreen_tells_mouse(const struct vscreen *s)
{
    return s->mouse;
}

size_t vscreen_bytes(const struct vscreen *s)
{
    return s->bytes;
}

pid_t vscreen_pid(const struct vscreen *s)
{
    pid_t group = tcgetpgrp(s->master);
    return group > 0 ? group : s->shell;
}
