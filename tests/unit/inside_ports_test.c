/* The ports that a driven program sees: counted, whatever ports the kernel has left. */
#include "python/drive/drive.h"
#include "python/drive/ports.h"
#include "support/inside.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

#include <cmocka.h>

#define HOLDS(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
            return false;                                                                          \
        }                                                                                          \
    } while (0)

/* Of seeds that no other test's programs have. */
enum { SEED = 700, FIRST = 20000 + 12 * SEED };

static struct sockaddr_in here(unsigned port)
{
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons((in_port_t)port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static int bound(unsigned port)
{
    struct sockaddr_in address = here(port);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return gs_ports_bind(fd, (struct sockaddr *)&address, sizeof address) == 0 ? fd : -1;
}

static unsigned port_by(int (*name)(int, struct sockaddr *, socklen_t *), int fd)
{
    struct sockaddr_in address = {0};
    socklen_t size = sizeof address;
    return name(fd, (struct sockaddr *)&address, &size) == 0 ? ntohs(address.sin_port) : 0;
}

static bool play_counting(const struct gs_front *front)
{
    int first = bound(0), second = bound(0), named = bound(FIRST + 20);
    HOLDS(first >= 0 && second >= 0 && named >= 0);
    HOLDS(port_by(front->getsockname, first) == FIRST);
    HOLDS(port_by(front->getsockname, second) == FIRST + 1);
    HOLDS(port_by(front->getsockname, named) == FIRST + 20);
    /* Who is outside finds them there. */
    HOLDS(port_by(gs_real.getsockname, first) == FIRST);
    return true;
}

static void ports_are_counted_from_the_seeds(void **state)
{
    (void)state;
    assert_true(inside_driven(play_counting, SEED));
}

/* Somebody else has the first: the program sees the number all the same. */
static bool play_taken(const struct gs_front *front)
{
    struct sockaddr_in theirs = here(FIRST), seen = here(FIRST);
    int other = socket(AF_INET, SOCK_STREAM, 0);
    HOLDS(gs_real.bind(other, (struct sockaddr *)&theirs, sizeof theirs) == 0);
    int own = bound(0), client = socket(AF_INET, SOCK_STREAM, 0);
    unsigned real = port_by(gs_real.getsockname, own);
    HOLDS(own >= 0 && real != FIRST && real != 0);
    HOLDS(port_by(front->getsockname, own) == FIRST);
    HOLDS(listen(own, 1) == 0);

    union gs_address to;
    socklen_t size = sizeof seen;
    const struct sockaddr *address = gs_ports_real((struct sockaddr *)&seen, &size, &to);
    HOLDS(address == &to.any && ntohs(to.v4.sin_port) == real);
    HOLDS(gs_real.connect(client, address, sizeof to.v4) == 0);
    HOLDS(port_by(front->getpeername, client) == FIRST);
    HOLDS(port_by(gs_real.getpeername, client) == real);

    /* What the program binds by that number is what it sees by it. */
    close(own);
    close(client);
    int again = bound(FIRST + 1);
    HOLDS(again >= 0 && port_by(gs_real.getsockname, again) == FIRST + 1);
    return true;
}

static void a_port_that_is_taken_is_seen_all_the_same(void **state)
{
    (void)state;
    assert_true(inside_driven(play_taken, SEED));
}

/* One of the family listens, another one connects: a number is one port for both. */
static bool play_family(const struct gs_front *front)
{
    int status = 1;
    pid_t child = gs_real.fork();
    if (child == 0)
        _exit(bound(0) >= 0 && port_by(front->getsockname, bound(0)) == FIRST + 1 ? 0 : 1);
    HOLDS(child > 0 && gs_real.waitpid(child, &status, 0) == child && status == 0);
    HOLDS(port_by(front->getsockname, bound(0)) == FIRST + 2);

    struct sockaddr_in theirs = here(FIRST + 3), seen = here(FIRST + 3);
    int other = socket(AF_INET, SOCK_STREAM, 0);
    HOLDS(gs_real.bind(other, (struct sockaddr *)&theirs, sizeof theirs) == 0);
    child = gs_real.fork();
    if (child == 0)
        _exit(port_by(front->getsockname, bound(0)) == FIRST + 3 ? 0 : 1);
    HOLDS(child > 0 && gs_real.waitpid(child, &status, 0) == child && status == 0);
    union gs_address real;
    socklen_t size = sizeof seen;
    const struct sockaddr *address = gs_ports_real((struct sockaddr *)&seen, &size, &real);
    HOLDS(address == &real.any && ntohs(real.v4.sin_port) != FIRST + 3);
    return true;
}

static void all_of_the_family_see_the_same_ports(void **state)
{
    (void)state;
    assert_true(inside_driven(play_family, SEED));
}

static bool play_any(const struct gs_front *front)
{
    int fd = socket(AF_INET6, SOCK_DGRAM, 0), local = socket(AF_UNIX, SOCK_DGRAM, 0);
    gs_ports_bind_any(fd);
    HOLDS(port_by(front->getsockname, fd) == FIRST);
    gs_ports_bind_any(fd); /* it has one */
    HOLDS(port_by(front->getsockname, fd) == FIRST);
    gs_ports_bind_any(local);
    struct sockaddr_un none = {0};
    socklen_t size = sizeof none;
    HOLDS(getsockname(local, (struct sockaddr *)&none, &size) == 0 &&
          size == sizeof none.sun_family);
    HOLDS(bound(0) >= 0);
    return true;
}

static void who_sends_first_gets_one(void **state)
{
    (void)state;
    assert_true(inside_driven(play_any, SEED));
}

/* Others' addresses, and what is too short to be one, stay what they are. */
static bool play_others(const struct gs_front *front)
{
    struct sockaddr_in far = here(443);
    struct sockaddr_un path = {.sun_family = AF_UNIX, .sun_path = "/tmp/x"};
    union gs_address real;
    socklen_t size = sizeof far, whole = sizeof path, small = 1, none = 0;
    (void)front;
    HOLDS(gs_ports_real((struct sockaddr *)&far, &size, &real) == (struct sockaddr *)&far);
    HOLDS(gs_ports_real((struct sockaddr *)&path, &whole, &real) == (struct sockaddr *)&path);
    HOLDS(gs_ports_real(NULL, &none, &real) == NULL);
    gs_ports_see((struct sockaddr *)&far, sizeof far, &size);
    gs_ports_see((struct sockaddr *)&far, sizeof far, &small);
    gs_ports_see(NULL, 0, NULL);
    HOLDS(ntohs(far.sin_port) == 443);
    return true;
}

static void other_addresses_are_left_alone(void **state)
{
    (void)state;
    assert_true(inside_driven(play_others, SEED));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ports_are_counted_from_the_seeds),
        cmocka_unit_test(a_port_that_is_taken_is_seen_all_the_same),
        cmocka_unit_test(all_of_the_family_see_the_same_ports),
        cmocka_unit_test(who_sends_first_gets_one),
        cmocka_unit_test(other_addresses_are_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
