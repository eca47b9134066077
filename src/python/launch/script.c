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

/* What the interpreter is told to run: behind whatever the script itself prints it says where it
 * is, how many words stood between it and this question, these, and what its environment was when
 * it began. Each ends in a NUL. */
#define MARK "gilscope asks:"
static char question[] =
    "import os, sys\n"
    "words = []\n"
    "try:\n"
    "    with open('/proc/self/cmdline', 'rb') as file: words = file.read().split(b'\\0')\n"
    "except OSError:\n"
    "    pass\n"
    "ours = [b'" MARK "' in word for word in words] + [True]\n"
    "words = words[1:max(ours.index(True) - 1, 1)]\n"
    "try:\n"
    "    with open('/proc/self/environ', 'rb') as file: block = file.read()\n"
    "except OSError:\n"
    "    block = b''.join(k + b'=' + v + b'\\0' for k, v in os.environb.items())\n"
    "own = [os.fsencode(sys.executable), b'%d' % len(words), *words]\n"
    "sys.stdout.buffer.write(b'" MARK "' + b'\\0'.join(own) + b'\\0' + block)\n";

struct answer {
    GS_VEC(char) text;
};

static struct {
    struct answer answer; /* which the variables lie in */
    GS_VEC(char *) variables;
    const char *options; /* one behind the other, up to the variables */
    size_t options_size;
    uint32_t option_count;
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

/* The interpreter's path, which its options and the environment stand behind; NULL: it did not come
 * to one. */
static char *find_answer(const struct answer *answer)
{
    char *at = memmem(answer->text.items, answer->text.count, MARK, sizeof MARK - 1);
    return at && at[sizeof MARK - 1] == '/' ? at + sizeof MARK - 1 : NULL;
}

/* Gives where they end. */
static char *keep_options(char *from)
{
    const char *end = asked.answer.text.items + asked.answer.text.count - 1;
    char *at = from + strlen(from) + 1;
    asked.options = at;
    asked.option_count = (uint32_t)strtoul(from, NULL, 10);
    for (uint32_t i = 0; i < asked.option_count && at < end; i++)
        at += strlen(at) + 1;
    asked.options_size = (size_t)(at - asked.options);
    return at;
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
    asked.options_size = asked.option_count = 0;
    asked.any = false;
}

bool gs_script_order(struct gs_order *order, struct gs_error *err)
{
    if (asked.options_size > sizeof order->options)
        return gs_error_set(err,
                            "the options of the interpreter that the script gives it are longer "
                            "than %zu bytes: name the interpreter itself with --python",
                            sizeof order->options);
    order->option_count = asked.option_count;
    if (asked.options_size)
        memcpy(order->options, asked.options, asked.options_size);
    return true;
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
    keep_variables(keep_options(found + strlen(found) + 1));
    snprintf(path, size, "%s", found);
    return true;
}
