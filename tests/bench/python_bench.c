/* What watching costs a Python program: the same program with and without us, in turns, so that
 * what else the machine does meets both. Each turn gives a ratio; the middle one of them counts,
 * and the outer ones say how far the machine can be believed. The least times alone would not do:
 * two threads on two cores have several paces, and a turn takes one of them by chance. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIGURES = 6, ROUNDS = 11 };

static const struct {
    const char *name;
    double least; /* of the speed without us */
} loads[FIGURES] = {{"computing", 0.99},
                    {"small os.write to a file", 0.95},
                    {"with lock:, nobody wants it", 0.90},
                    {"a token through a Condition", 0.90},
                    {"100 tasks that take turns", 1 / 1.3},
                    {"Process start + join (fork)", 1 / 1.1}};

static bool read_figures(const char *command, double seconds[FIGURES])
{
    char line[4096];
    bool found = false;
    FILE *out = popen(command, "r");
    while (out && fgets(line, sizeof line, out)) {
        const char *at = strstr(line, "figures ");
        found |= at && sscanf(at, "figures %lf %lf %lf %lf %lf %lf", &seconds[0], &seconds[1],
                              &seconds[2], &seconds[3], &seconds[4], &seconds[5]) == FIGURES;
    }
    if (out)
        pclose(out);
    return found;
}

static int by_size(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

static void print(int load, double (*without)[FIGURES], double (*with)[FIGURES])
{
    double ratios[ROUNDS], plain[ROUNDS], watched[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        plain[i] = without[i][load] * 1e3;
        watched[i] = with[i][load] * 1e3;
        ratios[i] = plain[i] / watched[i];
    }
    qsort(ratios, ROUNDS, sizeof *ratios, by_size);
    qsort(plain, ROUNDS, sizeof *plain, by_size);
    qsort(watched, ROUNDS, sizeof *watched, by_size);
    printf("  %-30s %.3f  (at least %.2f)  %.3f to %.3f  %.3f   %.1f ms, %.1f without\n",
           loads[load].name, ratios[ROUNDS / 2], loads[load].least, ratios[ROUNDS / 4],
           ratios[ROUNDS - 1 - ROUNDS / 4], plain[0] / watched[0], watched[ROUNDS / 2],
           plain[ROUNDS / 2]);
}

int main(void)
{
    const char *named = getenv("GILSCOPE_PYTHON"), *python = named ? named : "python3";
    char file[] = "/tmp/gs_bench_XXXXXX", plain[4096], watched[4096];
    double without[ROUNDS][FIGURES], with[ROUNDS][FIGURES];
    int fd = mkstemp(file);
    bool ok = fd >= 0;
    snprintf(plain, sizeof plain, "%s %s/python_load.py %s </dev/null", python, GS_BENCH_DIRECTORY,
             file);
    snprintf(watched, sizeof watched,
             "%s run --print json --python %s %s/python_load.py -- %s </dev/null | "
             "grep -a '\"figures'",
             GS_PROGRAM, python, GS_BENCH_DIRECTORY, file);
    for (int i = 0; ok && i < ROUNDS; i++)
        ok = read_figures(plain, without[i]) && read_figures(watched, with[i]);
    unlink(file);
    if (!ok) {
        fprintf(stderr, "python_bench: %s could not be run\n", python);
        return 1;
    }
    printf(
        "Python watched on the real clock: speed, of that without us, by turns: the middle turn,\n"
        "what is asked, the middle half of the turns; the middle times\n");
    for (int i = 0; i < FIGURES; i++)
        print(i, without, with);
    return 0;
}
