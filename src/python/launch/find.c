#include "python/launch/find.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum program { NO_PROGRAM, SCRIPT, DYNAMIC, STATIC };

/* A word without a slash is looked for as a shell does. */
static bool look_up(const char *word, char *path, size_t size)
{
    const char *folders = getenv("PATH");
    if (strchr(word, '/')) {
        snprintf(path, size, "%s", word);
        return access(path, X_OK) == 0;
    }
    for (const char *at = folders ? folders : "/usr/local/bin:/usr/bin:/bin"; *at;) {
        size_t length = strcspn(at, ":");
        snprintf(path, size, "%.*s/%s", (int)length, at, word);
        if (length && access(path, X_OK) == 0)
            return true;
        at += length + (at[length] == ':');
    }
    return false;
}

/* A dynamic program names the loader that brings in what it needs, and ours. */
static bool names_loader(int fd, const ElfW(Ehdr) * head)
{
    for (unsigned i = 0; i < head->e_phnum; i++) {
        ElfW(Phdr) part;
        off_t at = (off_t)(head->e_phoff + (size_t)i * head->e_phentsize);
        if (pread(fd, &part, sizeof part, at) != (ssize_t)sizeof part)
            return false;
        if (part.p_type == PT_INTERP)
            return true;
    }
    return false;
}

static enum program look_at(const char *path)
{
    ElfW(Ehdr) head = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    enum program what = NO_PROGRAM;
    ssize_t n = fd < 0 ? 0 : pread(fd, &head, sizeof head, 0);
    if (n >= 2 && memcmp(&head, "#!", 2) == 0)
        what = SCRIPT;
    else if (n == (ssize_t)sizeof head && memcmp(head.e_ident, ELFMAG, SELFMAG) == 0)
        what = names_loader(fd, &head) ? DYNAMIC : STATIC;
    if (fd >= 0)
        close(fd);
    return what;
}

/* What a version manager puts in the way of its versions takes longer to start than Python does:
 * it is asked once, here. One that comes to itself again and again has so many seconds of processor
 * time. */
static bool ask_script(char *path, size_t size, struct gs_error *err)
{
    char quoted[4 * 4096] = "'", command[5 * 4096];
    size_t used = 1;
    for (const char *c = path; *c && used + 6 < sizeof quoted; c++)
        used +=
            (size_t)snprintf(quoted + used, sizeof quoted - used, *c == '\'' ? "'\\''" : "%c", *c);
    snprintf(command, sizeof command,
             "ulimit -t 5; %s' -c 'import sys; print(sys.executable)' 2>/dev/null", quoted);
    FILE *answer = popen(command, "re");
    bool any = answer && fgets(quoted, sizeof quoted, answer);
    if (answer)
        pclose(answer);
    quoted[any ? strcspn(quoted, "\n") : 0] = '\0';
    if (!any || quoted[0] != '/')
        return gs_error_set(err,
                            "%s is a script that does not come to a Python: name the interpreter "
                            "itself with --python",
                            path);
    snprintf(path, size, "%s", quoted);
    return true;
}

static bool resolve(const char *word, char *path, size_t size, struct gs_error *err)
{
    if (!look_up(word, path, size))
        return gs_error_set(err,
                            "there is no Python called '%s': install python3, or name one with "
                            "--python or $GILSCOPE_PYTHON",
                            word);
    if (look_at(path) == SCRIPT && !ask_script(path, size, err))
        return false;
    switch (look_at(path)) {
    case DYNAMIC:
        return true;
    case STATIC:
        return gs_error_set(err,
                            "%s is statically linked, and nothing can watch it from inside: name "
                            "another Python with --python",
                            path);
    case SCRIPT:
    case NO_PROGRAM:
        break;
    }
    return gs_error_set(err, "%s is no program: name a Python with --python", path);
}

bool gs_python_find(const char *named, char *path, size_t size, struct gs_error *err)
{
    char active[4096];
    const char *variable = getenv("GILSCOPE_PYTHON"), *environment = getenv("VIRTUAL_ENV");
    if (named && *named)
        return resolve(named, path, size, err);
    if (variable && *variable)
        return resolve(variable, path, size, err);
    if (environment && *environment) {
        snprintf(active, sizeof active, "%s/bin/python3", environment);
        if (access(active, X_OK) == 0)
            return resolve(active, path, size, err);
    }
    return resolve("python3", path, size, err);
}
