/* A loop that is one instruction, `while True: pass` on one line: it jumps to itself. CPython tells
 * a line whenever it goes back, but to 3.10 and 3.11 who jumps to where he is has not gone back.
 * There the instruction itself has to be asked for, which only a frame in such a loop shall pay. */
#ifndef GS_PYTHON_CPYTHON_SPIN_H
#define GS_PYTHON_CPYTHON_SPIN_H

#include "python/cpython/cpython.h"

/* Whether the frame, a PyFrameObject that runs in the caller, is at an instruction that jumps to
 * itself, unseen. */
bool gs_spin_at(gs_py *frame);

/* From now on the trace function gets all instructions of the frame. */
void gs_spin_show(gs_py *frame);

#endif
