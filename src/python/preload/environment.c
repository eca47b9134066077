#include "python/preload/environment.h"

#include "python/preload/leash.h"

#include <stdlib.h>
#include <string.h>

#ifdef GS_SANITIZER
enum { OURS = 2 };
#else
enum { OURS = 1 };
#endif

static int number_in(const char *name)
{
    const char *text = getenv(name);
    return text ? atoi(text) : -1;
}

int gs_environment_fd(void)
{
    return number_in(GS_ENVIRONMENT_SEGMENT);
}

int gs_environment_leash(void)
{
    return number_in(GS_ENVIRONMENT_LEASH);
}

void gs_environment_restore(void)
{
    const char *preload = getenv(GS_ENVIRONMENT_PRELOAD);
    const char *others = preload;
    for (int i = 0; others && i < OURS; i++)
        others = strchr(others + 1, ':');
    char *kept = others ? strdup(others + 1) : NULL;
    unsetenv(GS_ENVIRONMENT_SEGMENT);
    unsetenv(GS_ENVIRONMENT_LEASH);
    unsetenv("GILSCOPE_INSIDE_STAGE");
    if (kept)
        setenv(GS_ENVIRONMENT_PRELOAD, kept, 1);
    else
        unsetenv(GS_ENVIRONMENT_PRELOAD);
    free(kept);
}
