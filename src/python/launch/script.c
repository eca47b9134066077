#include "python/launch/script.h"

#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the interpreter is told to run: behind whatever the script itself prints it says where it is
 * and what its environment was when it began. Each ends in a NUL. */
#define MARK "gilscope asks:"
static char question[] =
    "import os, sys\n"
    "try:\n"
    "    with open('/proc/self/environ', 'rb') as file: block = file.read()\n"
    "except OSError:\n"
    "    block = b''.join(k + b'=' + v + b'\\0' for k, v in os.environb.items())\n"
    "sys.stdout.buffer.write(b'" MARK "' + os.fsencode(sys.executable) + b'\\0' + block)\n";

struct answer {
    GS_VEC(char) text;
};

static struct {
    struct answer answer; /* which the variables lie in */
    GS_VEC(char *) variables;
    bool any;
} asked;

/* One that comes to itself again and again has so many seconds of processor time. */
static _Noreturn void become(char *path, int answer)
{
    static char option[] = "-c";
    char *words[] = {path, option, question, NULL};
    int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDIN_FILENO);
    dup2(answer, STDOUT_FILENO);
    dup2(nothing, STDERR_FILENO);
    setrlimit(RLIMIT_CPU, &(struct rlimit){.rlim_cur = 5, .rlim_max = 5});
    execv(path, words);
    _exit(EXIT_FAILURE);
}

static void read_all(int fd, struct answer *answer)
{
    char buffer[4096];
    ssize_t n;
    while ((n = read(fd, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
        for (ssize_t i = 0; i < n; i++)
            gs_vec_push(&answer->text, buffer[i]);
    gs_vec_push(&answer->text, '\0');
}

static bool ask(char *path, struct answer *answer, struct gs_error *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return gs_error_system(err, errno, "cannot ask %s", path);
    pid_t child = fork();
    if (child == 0)
        become(path, ends[1]);
    int code = errno;
    close(ends[1]);
    if (child > 0)
        read_all(ends[0], answer);
    close(ends[0]);
    if (child < 0)
        return gs_error_system(err, code, "cannot ask %s", path);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
    return true;
}

/* The interpreter's path, which the environment stands behind; NULL: it did not come to one. */
static char *find_answer(const struct answer *answer)
{
    char *at = memmem(answer->text.items, answer->text.count, MARK, sizeof MARK - 1);
    return at && at[sizeof MARK - 1] == '/' ? at + sizeof MARK - 1 : NULL;
}

static void keep_variables(char *from)
{
    const char *end = asked.answer.text.items + asked.answer.text.count - 1;
    for (char *at = from; at < end; at += strlen(at) + 1)
        if (strchr(at, '='))
            gs_vec_push(&asked.variables, at);
    gs_vec_push(&asked.variables, NULL);
    asked.any = true;
}

void gs_script_forget(void)
{
    gs_vec_free(&asked.answer.text);
    gs_vec_free(&asked.variables);
    asked.any = false;
}

char **gs_script_environment(void)
{
    return asked.any ? asked.variables.items : NULL;
}

bool gs_script_ask(char *path, size_t size, struct gs_error *err)
{
    gs_script_forget();
    if (!ask(path, &asked.answer, err))
        return false;
    char *found = find_answer(&asked.answer);
    if (!found)
        return gs_error_set(err,
                            "%s is a script that does not come to a Python: name the interpreter "
                            "itself with --python",
                            path);
    keep_variables(found + strlen(found) + 1);
    snprintf(path, size, "%s", found);
    return true;
}
