#include "python/cpython/patch.h"

#include <string.h>

enum { FUNCTION_METHOD = 16, DESCRIPTOR_METHOD = 40, METHOD_CALL = 8, METHOD_FLAGS = 16 };

void gs_patch(void *place, void *theirs, const void *ours)
{
    if (memcmp(place, ours, sizeof(void (*)(void))) == 0)
        return;
    memcpy(theirs, place, sizeof(void (*)(void)));
    memcpy(place, ours, sizeof(void (*)(void)));
}

static char *method_behind(gs_py *object, size_t place)
{
    char *method;
    memcpy(&method, (char *)object + place, sizeof method);
    return method;
}

void *gs_patch_function(gs_py *function)
{
    return method_behind(function, FUNCTION_METHOD) + METHOD_CALL;
}

void *gs_patch_method(gs_py *method)
{
    return method_behind(method, DESCRIPTOR_METHOD) + METHOD_CALL;
}

int gs_patch_flags(gs_py *method)
{
    int flags;
    memcpy(&flags, method_behind(method, DESCRIPTOR_METHOD) + METHOD_FLAGS, sizeof flags);
    return flags;
}
