/* The folder that multiprocessing makes for its sockets, under a name drawn by chance. Every run
 * draws the same one (see shared_names.c): so on the machine it is the run's own, and the program
 * goes on seeing the name that it drew. What others of the machine have of that name, or a run that
 * was killed has left, it does not see. */
#ifndef GS_PYTHON_DRIVE_FOLDERS_H
#define GS_PYTHON_DRIVE_FOLDERS_H

#include <limits.h>
#include <sys/socket.h>
#include <sys/un.h>

/* A path of the program's as the machine has it: the same, or another one in `own`. */
const char *gs_folders_real(const char *path, char own[PATH_MAX]);

/* An address of AF_UNIX likewise, with its size. */
const struct sockaddr *gs_folders_real_address(const struct sockaddr_un *address, socklen_t *size,
                                               struct sockaddr_un *own);

/* Such an address from the kernel becomes what the program sees. room: what the program has for it;
 * size: of all of it, which may be more. */
void gs_folders_see(struct sockaddr_un *address, socklen_t room, socklen_t *size);

#endif
