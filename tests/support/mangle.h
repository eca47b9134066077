/* A stage that is no friend, made from numbers: it writes anything anywhere into its segment while
 * a screen reads it. The bytes are the program; the same bytes do the same. For the fuzzer, and for
 * a test that makes the bytes itself. */
#ifndef GS_TEST_MANGLE_H
#define GS_TEST_MANGLE_H

#include <stddef.h>
#include <stdint.h>

/* Ends the process, by a signal or a sanitizer, where a reader can be hurt. */
void mangle_run(const uint8_t *bytes, size_t size);

#endif
