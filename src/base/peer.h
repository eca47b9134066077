/* Who is at the other end of a unix socket, as the kernel tells its tools; see sock_diag(7). */
#ifndef GS_BASE_PEER_H
#define GS_BASE_PEER_H

#include <stdint.h>

/* The number (inode) of the socket that the one of this number is connected to; 0: the kernel does
 * not say, it is connected to none. Keeps errno. */
uint32_t gs_peer_of_unix_socket(uint32_t socket);

#endif
