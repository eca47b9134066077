#include "python/drive/ports.h"

#include "python/drive/drive.h"
#include "python/drive/folders.h"
#include "sched/family.h"

#include <errno.h>
#include <string.h>

/* All processes of the family see the same ones: one tells another where it listens. */
enum { FIRST = 20000, PORTS = GS_FAMILY_PORTS };

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

static bool is_local(const struct sockaddr *address, socklen_t size)
{
    return size >= sizeof address->sa_family && address->sa_family == AF_UNIX;
}

/* 0: it is seen as what it is. */
static in_port_t seen_of(in_port_t real)
{
    for (unsigned i = 0; gs_family->ports_other && i < PORTS; i++) {
        if (gs_family->port[i] == real)
            return (in_port_t)(FIRST + i);
    }
    return 0;
}

static void set_real(in_port_t seen, in_port_t real)
{
    uint16_t *port = &gs_family->port[seen - FIRST];
    gs_family->ports_other += (uint32_t)(real != 0) - (uint32_t)(*port != 0);
    *port = real;
}

static void translate(in_port_t seen, in_port_t real)
{
    in_port_t former = seen_of(real);
    if (former)
        set_real(former, 0);
    set_real(seen, real == seen ? 0 : real);
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
    uint32_t drawn = gs_family->ports_drawn++;
    in_port_t seen = (in_port_t)(FIRST + (gs_runtime.seed % 1000 * 12 + drawn) % PORTS);
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
    address = gs_ports_real(address, &size, &own);
    return gs_real.bind(fd, address, size);
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

const struct sockaddr *gs_ports_real(const struct sockaddr *address, socklen_t *size,
                                     union gs_address *real)
{
    if (!address || *size > sizeof *real)
        return address;
    if (is_local(address, *size))
        return gs_folders_real_address((const struct sockaddr_un *)address, size, &real->local);
    memcpy(real, address, *size);
    in_port_t *port = port_of(&real->any, *size);
    unsigned seen = port ? ntohs(*port) : 0;
    if (seen < FIRST || seen >= FIRST + PORTS || !gs_family->port[seen - FIRST])
        return address;
    *port = htons(gs_family->port[seen - FIRST]);
    return &real->any;
}

void gs_ports_see(struct sockaddr *address, socklen_t room, socklen_t *size)
{
    if (!address || !size)
        return;
    if (room >= sizeof address->sa_family && is_local(address, *size)) {
        gs_folders_see((struct sockaddr_un *)address, room, size);
        return;
    }
    in_port_t *port = port_of(address, *size);
    in_port_t seen = port ? seen_of(ntohs(*port)) : 0;
    if (seen)
        *port = htons(seen);
}

static int driven_getsockname(int fd, struct sockaddr *address, socklen_t *size)
{
    socklen_t room = size ? *size : 0;
    int code = gs_real.getsockname(fd, address, size);
    if (gs_self && code == 0)
        gs_ports_see(address, room, size);
    return code;
}

static int driven_getpeername(int fd, struct sockaddr *address, socklen_t *size)
{
    socklen_t room = size ? *size : 0;
    int code = gs_real.getpeername(fd, address, size);
    if (gs_self && code == 0)
        gs_ports_see(address, room, size);
    return code;
}

void gs_drive_ports(struct gs_front *table)
{
    table->getsockname = driven_getsockname;
    table->getpeername = driven_getpeername;
}
