#include "base/which.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool gs_which(const char *word, const char *otherwise, char *path, size_t size)
{
    const char *folders = getenv("PATH");
    if (strchr(word, '/')) {
        snprintf(path, size, "%s", word);
        return access(path, X_OK) == 0;
    }
    for (const char *at = folders ? folders : otherwise; *at;) {
        size_t length = strcspn(at, ":");
        snprintf(path, size, "%.*s/%s", (int)length, at, word);
        if (length && access(path, X_OK) == 0)
            return true;
        at += length + (at[length] == ':');
    }
    return false;
}
