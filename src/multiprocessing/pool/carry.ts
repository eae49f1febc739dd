// How arguments and results come to a worker and back: as themselves between the threads of a process, else as copies.
import { repr } from "../../builtins/repr";
import { kernel, me } from "../../kernel/kernel";
import { postCopy } from "../../runtime/copying";
import { read, write } from "../../runtime/words";
import { MaybeEncodingError } from "./errors";

export interface Carry {
  read(slot: number): unknown;
  /** @throws TypeError if the value cannot be sent; it is named as `where` */
  write(slot: number, value: unknown, where: string): void;
}

const threads: Carry = { read, write };

const processes: Carry = {
  read,
  write(slot, value, where) {
    if (typeof value === "number") return write(slot, value);
    postCopy(value, where);
    kernel.slot_store(slot * 8, me);
  },
};

export function carryOf(copied: boolean): Carry {
  return copied ? processes : threads;
}

/** Writes the result of a task. */
export function writeResult(carry: Carry, slot: number, value: unknown): void {
  try {
    carry.write(slot, value, "the result");
  } catch (reason) {
    throw MaybeEncodingError(reason, value);
  }
}

/** Writes the error that a task has raised; if it cannot be sent, one that tells so. */
export function writeError(carry: Carry, slot: number, error: unknown): void {
  try {
    carry.write(slot, error, "the error");
  } catch (reason) {
    carry.write(slot, MaybeEncodingError(reason, repr(error)), "the error");
  }
}
