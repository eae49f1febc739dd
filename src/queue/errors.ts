// The exceptions of Python's queue module.
import { callable } from "../callable";
import { Exception } from "../exceptions";
import { defineAll } from "../registry";

/** Raised by a get that does not wait, or not for ever, when there was no item. */
export const Empty = callable(class extends Exception {}, "Empty");
export type Empty = Exception;
/** Raised by a put that does not wait, or not for ever, when there was no room. */
export const Full = callable(class extends Exception {}, "Full");
export type Full = Exception;
/** Raised by put, and by get when there is no item left, once the queue has been shut down. Of Python 3.13. */
export const ShutDown = callable(class extends Exception {}, "ShutDown");
export type ShutDown = Exception;

defineAll("queue", { Empty, Full, ShutDown });
