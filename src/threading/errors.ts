// The exceptions of Python's threading module.
import { callable } from "../callable";
import { RuntimeError } from "../exceptions";
import { defineAll } from "../registry";

/** Raised in those who wait at a barrier that is aborted, reset or timed out, and by each wait until it is reset. */
export const BrokenBarrierError = callable(class extends RuntimeError {}, "BrokenBarrierError");
export type BrokenBarrierError = RuntimeError;

defineAll("threading", { BrokenBarrierError });
