#include "python/drive/ports.h"

#include "python/drive/drive.h"

#include <errno.h>
#include <string.h>

enum { FIRST = 20000, PORTS = 12000 };

/* Both directions; 0: seen as what it is. */
static in_port_t real_of[PORTS], seen_of[UINT16_MAX + 1];

/* Where an address of the internet has its port, in the network's order; NULL: it is none. */
static in_port_t *port_of(struct sockaddr *address, socklen_t size)
{
    union gs_address *a = (union gs_address *)address;
    if (size >= sizeof a->v4 && a->any.sa_family == AF_INET)
        return &a->v4.sin_port;
    if (size >= sizeof a->v6 && a->any.sa_family == AF_INET6)
        return &a->v6.sin6_port;
    return NULL;
}

static void translate(in_port_t seen, in_port_t real)
{
    in_port_t former = real_of[seen - FIRST];
    if (former)
        seen_of[former] = 0;
    real_of[seen - FIRST] = real == seen ? 0 : real;
    seen_of[real] = real == seen ? 0 : seen;
}

/* Two sockets that allow their address to be used again can both be bound to it; but then only one
 * can listen. */
static int bind_alone(int fd, const struct sockaddr *address, socklen_t size)
{
    int reuse = 0, no = 0;
    socklen_t length = sizeof reuse;
    (void)getsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &reuse, &length);
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &no, sizeof no);
    int code = gs_real.bind(fd, address, size), why = errno;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
    errno = why;
    return code;
}

/* The address has no port yet. */
static int bind_next(int fd, union gs_address *address, in_port_t *port, socklen_t size)
{
    static unsigned next;
    in_port_t seen = (in_port_t)(FIRST + (gs_runtime.seed % 1000 * 12 + next++) % PORTS);
    *port = htons(seen);
    if (bind_alone(fd, &address->any, size) == 0) {
        translate(seen, seen);
        return 0;
    }
    *port = 0;
    if (errno != EADDRINUSE || gs_real.bind(fd, &address->any, size) != 0)
        return -1;
    if (gs_real.getsockname(fd, &address->any, &size) == 0)
        translate(seen, ntohs(*port));
    return 0;
}

int gs_ports_bind(int fd, const struct sockaddr *address, socklen_t size)
{
    union gs_address own = {0};
    in_port_t *port = NULL;
    if (size <= sizeof own) {
        memcpy(&own, address, size);
        port = port_of(&own.any, size);
    }
    if (port && *port == 0)
        return bind_next(fd, &own, port, size);
    return gs_real.bind(fd, gs_ports_real(address, size, &own), size);
}

void gs_ports_bind_any(int fd)
{
    union gs_address own = {0};
    socklen_t size = sizeof own;
    if (gs_real.getsockname(fd, &own.any, &size) != 0)
        return;
    in_port_t *port = port_of(&own.any, size);
    if (port && *port == 0)
        (void)bind_next(fd, &own, port, size);
}

const struct sockaddr *gs_ports_real(const struct sockaddr *address, socklen_t size,
                                     union gs_address *real)
{
    if (!address || size > sizeof *real)
        return address;
    memcpy(real, address, size);
    in_port_t *port = port_of(&real->any, size);
    unsigned seen = port ? ntohs(*port) : 0;
    if (seen < FIRST || seen >= FIRST + PORTS || !real_of[seen - FIRST])
        return address;
    *port = htons(real_of[seen - FIRST]);
    return &real->any;
}

void gs_ports_see(struct sockaddr *address, const socklen_t *size)
{
    in_port_t *port = address && size ? port_of(address, *size) : NULL;
    if (port && seen_of[ntohs(*port)])
        *port = htons(seen_of[ntohs(*port)]);
}

static int driven_getsockname(int fd, struct sockaddr *address, socklen_t *size)
{
    int code = gs_real.getsockname(fd, address, size);
    if (gs_self && code == 0)
        gs_ports_see(address, size);
    return code;
}

static int driven_getpeername(int fd, struct sockaddr *address, socklen_t *size)
{
    int code = gs_real.getpeername(fd, address, size);
    if (gs_self && code == 0)
        gs_ports_see(address, size);
    return code;
}

void gs_drive_ports(struct gs_front *table)
{
    table->getsockname = driven_getsockname;
    table->getpeername = driven_getpeername;
}
