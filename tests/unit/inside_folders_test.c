/* The folder that multiprocessing draws a name for: the run's own, seen by the drawn name. */
#include "python/drive/drive.h"
#include "python/drive/folders.h"
#include "support/inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define HOLDS(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
            return false;                                                                          \
        }                                                                                          \
    } while (0)

enum { RUN = 0x1234abcd };
#define FOLDER "/pymp-a_1b2c3d"
#define ENDING "-1234abcd"

static char place[] = "/tmp/foldersXXXXXX";

static const char *in_place(const char *name)
{
    static char paths[4][256];
    static unsigned turn;
    char *path = paths[turn++ % 4];
    snprintf(path, sizeof paths[0], "%s%s", place, name);
    return path;
}

static bool is_there(const char *name)
{
    return access(in_place(name), F_OK) == 0;
}

/* What an earlier run has left under the drawn name stays where it is, and is not seen. */
static bool play_leftover(const struct gs_front *front)
{
    struct stat64 st;
    gs_runtime.control->run = RUN;
    HOLDS(mkdir(in_place(FOLDER), 0700) == 0);
    HOLDS(front->mkdir(in_place(FOLDER), 0700) == 0);
    HOLDS(is_there(FOLDER ENDING));
    HOLDS(front->mkdir(in_place(FOLDER), 0700) != 0);
    HOLDS(front->mkdir(in_place(FOLDER "/inside"), 0750) == 0 && is_there(FOLDER ENDING "/inside"));
    HOLDS(front->stat64(in_place(FOLDER "/inside"), &st) == 0);
    HOLDS(front->chmod(in_place(FOLDER "/inside"), 0700) == 0);
    HOLDS(front->lstat64(in_place(FOLDER "/inside"), &st) == 0 && (st.st_mode & 0777) == 0700);
    HOLDS(front->access(in_place(FOLDER "/inside"), F_OK) == 0);
    HOLDS(front->rmdir(in_place(FOLDER "/inside")) == 0);
    DIR *files = front->opendir(in_place(FOLDER));
    HOLDS(files && closedir(files) == 0);
    int fd = front->open64(in_place(FOLDER "/file"), O_CREAT | O_WRONLY, 0600);
    HOLDS(fd >= 0 && close(fd) == 0 && is_there(FOLDER ENDING "/file"));
    HOLDS(front->unlink(in_place(FOLDER "/file")) == 0);
    HOLDS(front->rmdir(in_place(FOLDER)) == 0 && !is_there(FOLDER ENDING));
    HOLDS(rmdir(in_place(FOLDER)) == 0);
    return true;
}

static void a_leftover_of_the_drawn_name_is_not_seen(void **state)
{
    (void)state;
    assert_true(inside_driven(play_leftover, 1));
}

/* A project may be called so, and others may go by that. */
static bool play_chosen(const struct gs_front *front)
{
    static const char chosen[] = "/pymp-notebook", longer[] = "/pymp-notebooks";
    gs_runtime.control->run = RUN;
    HOLDS(front->mkdir(in_place(chosen), 0755) == 0 && is_there(chosen));
    HOLDS(front->mkdir(in_place(longer), 0700) == 0 && is_there(longer));
    int fd = front->open64(in_place("/pymp-notebook/page"), O_CREAT | O_WRONLY, 0600);
    HOLDS(fd >= 0 && close(fd) == 0 && is_there("/pymp-notebook/page"));
    HOLDS(front->unlink(in_place("/pymp-notebook/page")) == 0);
    HOLDS(front->rmdir(in_place(chosen)) == 0 && front->rmdir(in_place(longer)) == 0);
    return true;
}

static void a_name_that_somebody_chose_stays(void **state)
{
    (void)state;
    assert_true(inside_driven(play_chosen, 1));
}

static struct sockaddr_un named(const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", in_place(name));
    return address;
}

static bool sees(int (*name)(int, struct sockaddr *, socklen_t *), int fd,
                 const struct sockaddr_un *want)
{
    struct sockaddr_un address = {0};
    socklen_t size = sizeof address;
    return name(fd, (struct sockaddr *)&address, &size) == 0 &&
           strcmp(address.sun_path, want->sun_path) == 0 &&
           size == offsetof(struct sockaddr_un, sun_path) + strlen(want->sun_path) + 1;
}

static bool play_socket(const struct gs_front *front)
{
    struct sockaddr_un address = named(FOLDER "/listener-12345678");
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(address.sun_path));
    gs_runtime.control->run = RUN;
    HOLDS(front->mkdir(in_place(FOLDER), 0700) == 0);
    int own = socket(AF_UNIX, SOCK_STREAM, 0), client = socket(AF_UNIX, SOCK_STREAM, 0);
    HOLDS(front->bind(own, (struct sockaddr *)&address, size) == 0 && listen(own, 1) == 0);
    HOLDS(is_there(FOLDER ENDING "/listener-12345678"));
    HOLDS(front->connect(client, (struct sockaddr *)&address, sizeof address) == 0);
    HOLDS(sees(front->getsockname, own, &address));
    HOLDS(sees(front->getpeername, client, &address));
    /* What the kernel cut off for want of room is left alone. */
    struct sockaddr_un cut = {0};
    socklen_t room = 20, got = room;
    HOLDS(front->getsockname(own, (struct sockaddr *)&cut, &got) == 0 && got > room);
    HOLDS(strncmp(cut.sun_path, address.sun_path, room - sizeof cut.sun_family) == 0);
    HOLDS(front->unlink(address.sun_path) == 0 && front->rmdir(in_place(FOLDER)) == 0);
    return true;
}

static void a_socket_in_it_has_the_drawn_address(void **state)
{
    (void)state;
    assert_true(inside_driven(play_socket, 1));
}

/* Its sockets' addresses would be longer than they can be. */
static bool play_deep(const struct gs_front *front)
{
    static const char deep[] = "/a-folder-that-is-as-deep-down-as-its-name-is-long-for-nothing";
    char path[256], inside[256];
    gs_runtime.control->run = RUN;
    snprintf(path, sizeof path, "%s%s", in_place(deep), FOLDER);
    snprintf(inside, sizeof inside, "%s%s", in_place(deep), FOLDER ENDING);
    HOLDS(mkdir(in_place(deep), 0700) == 0);
    HOLDS(front->mkdir(path, 0700) == 0 && access(inside, F_OK) != 0);
    HOLDS(front->rmdir(path) == 0 && rmdir(in_place(deep)) == 0);
    return true;
}

static void deep_down_it_is_the_machines(void **state)
{
    (void)state;
    assert_true(inside_driven(play_deep, 1));
}

/* tempfile tries whether a folder can be written to while another run does the same. */
static bool play_trial(const struct gs_front *front)
{
    enum { TRIES = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW };
    gs_runtime.control->run = RUN;
    int other = open(in_place("/a_1b2c3d"), TRIES, 0600);
    int own = front->open64(in_place("/a_1b2c3d"), TRIES | O_CLOEXEC, 0600);
    HOLDS(other >= 0 && own >= 0 && is_there("/a_1b2c3d" ENDING));
    HOLDS(front->unlink(in_place("/a_1b2c3d")) == 0);
    HOLDS(!is_there("/a_1b2c3d" ENDING) && is_there("/a_1b2c3d"));
    /* By another name it is there. */
    HOLDS(front->open64(in_place("/a_1b2c3d"), TRIES, 0640) < 0);
    HOLDS(front->unlink(in_place("/a_1b2c3d")) == 0 && !is_there("/a_1b2c3d"));
    close(other);
    close(own);
    return true;
}

static void a_trial_at_the_same_time_succeeds(void **state)
{
    (void)state;
    assert_true(inside_driven(play_trial, 1));
}

/* Its name has the process's number in it, which is the same in every run. */
static bool play_heap(const struct gs_front *front)
{
    char seen[64], own[96];
    gs_runtime.control->run = RUN;
    snprintf(seen, sizeof seen, "/dev/shm/pym-%d-a_1b2c3d", (int)getpid());
    snprintf(own, sizeof own, "%s%s", seen, ENDING);
    int fd = front->open64(seen, O_RDWR | O_CREAT | O_EXCL, 0600);
    HOLDS(fd >= 0 && access(seen, F_OK) != 0);
    HOLDS(access(own, F_OK) == 0);
    HOLDS(front->unlink(seen) == 0 && close(fd) == 0);
    HOLDS(access(own, F_OK) != 0);
    return true;
}

static void memory_that_is_shared_without_a_name_is_the_runs_own(void **state)
{
    (void)state;
    assert_true(inside_driven(play_heap, 1));
}

static int make_place(void **state)
{
    (void)state;
    return mkdtemp(place) ? 0 : -1;
}

static int take_place_away(void **state)
{
    (void)state;
    return rmdir(place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_leftover_of_the_drawn_name_is_not_seen),
        cmocka_unit_test(a_name_that_somebody_chose_stays),
        cmocka_unit_test(a_socket_in_it_has_the_drawn_address),
        cmocka_unit_test(deep_down_it_is_the_machines),
        cmocka_unit_test(a_trial_at_the_same_time_succeeds),
        cmocka_unit_test(memory_that_is_shared_without_a_name_is_the_runs_own),
    };
    return cmocka_run_group_tests(tests, make_place, take_place_away);
}
