/* The port numbers that a driven program sees. The kernel chooses a port by chance; here those are
 * counted, from one that the run's seed has. Where nobody else has that port it is the real one, so
 * that programs outside the run find it. Where somebody has (another run, or this one's last
 * connection, which the kernel remembers for a minute), the kernel chooses after all, and the
 * program goes on seeing the number that it would have: addresses are translated on their way,
 * those in multiprocessing's folder likewise. Called with the baton in hand. */
#ifndef GS_PYTHON_DRIVE_PORTS_H
#define GS_PYTHON_DRIVE_PORTS_H

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

union gs_address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    struct sockaddr_un local;
};

/* As bind(2), of an address as the program sees it. */
int gs_ports_bind(int fd, const struct sockaddr *address, socklen_t size);

/* Gives the socket, which is about to connect or send, a port if it has none; other sockets than
 * the internet's stay as they are. */
void gs_ports_bind_any(int fd);

/* The real address of what the program sees as this one, and its size: the same, or a translation
 * in `real`. */
const struct sockaddr *gs_ports_real(const struct sockaddr *address, socklen_t *size,
                                     union gs_address *real);

/* What the kernel told becomes what the program sees, which has this room for it. size: NULL with
 * address. */
void gs_ports_see(struct sockaddr *address, socklen_t room, socklen_t *size);

#endif
