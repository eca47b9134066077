#include "python/preload/environment.h"

#include <stdlib.h>
#include <string.h>

#ifdef GS_SANITIZER
enum { OURS = 2 };
#else
enum { OURS = 1 };
#endif

int gs_environment_fd(void)
{
    const char *text = getenv(GS_ENVIRONMENT_SEGMENT);
    return text ? atoi(text) : -1;
}

void gs_environment_restore(void)
{
    const char *preload = getenv(GS_ENVIRONMENT_PRELOAD);
    const char *others = preload;
    for (int i = 0; others && i < OURS; i++)
        others = strchr(others + 1, ':');
    char *kept = others ? strdup(others + 1) : NULL;
    unsetenv(GS_ENVIRONMENT_SEGMENT);
    unsetenv("GILSCOPE_INSIDE_STAGE");
    if (kept)
        setenv(GS_ENVIRONMENT_PRELOAD, kept, 1);
    else
        unsetenv(GS_ENVIRONMENT_PRELOAD);
    free(kept);
}
