// The exceptions of Python's queue module.
import { callable } from "../callable";
import { Exception } from "../exceptions";
import { defineAll } from "../runtime/functions";

/** Raised by a get that does not wait, or not for ever, when there was no item. */
export const Empty = callable(class extends Exception {}, "Empty");
/** Raised by a put that does not wait, or not for ever, when there was no room. */
export const Full = callable(class extends Exception {}, "Full");

defineAll("queue", { Empty, Full });
