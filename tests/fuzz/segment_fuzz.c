/* libFuzzer's way into tests/support/mangle.c: `./dev fuzz segment`. */
#include "support/mangle.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    mangle_run(bytes, size);
    return 0;
}
