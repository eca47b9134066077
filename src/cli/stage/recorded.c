#include "cli/stage/recorded.h"

#include "cli/say/say.h"
#include "trace/recording/format.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void say_trouble(const struct gs_recorded *r)
{
    char text[GS_PATH_MAX + 256];
    gs_player_trouble(r->player, text, sizeof text);
    if (*text)
        gs_cli_say("%s", text);
}

bool gs_recorded_read(struct gs_recorded *r, const char *path, struct gs_error *err)
{
    *r = (struct gs_recorded){.player = gs_player_open(path, err)};
    if (!r->player)
        return false;
    r->timeline = gs_timeline_new(gs_player_tables(r->player));
    gs_player_drain(r->player, 0, gs_timeline_add, r->timeline);
    gs_timeline_extend(r->timeline, gs_player_live(r->player));
    r->damaged = gs_player_is_damaged(r->player);
    say_trouble(r);
    return true;
}

void gs_recorded_free(struct gs_recorded *r)
{
    if (r->timeline)
        gs_timeline_free(r->timeline);
    gs_player_close(r->player);
    *r = (struct gs_recorded){0};
}

bool gs_recorded_is_one(const char *path)
{
    char magic[8];
    struct stat there;
    /* Whoever writes into a pipe would take this for its reader. */
    if (stat(path, &there) != 0 || !S_ISREG(there.st_mode))
        return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return false;
    ssize_t n = read(fd, magic, sizeof magic);
    close(fd);
    return n == sizeof magic && memcmp(magic, GS_FORMAT_MAGIC, sizeof magic) == 0;
}
