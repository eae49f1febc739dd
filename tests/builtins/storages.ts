// The same table of expressions for objects that one thread knows, and for those that threads share.
import { addressOf, type KeepsIdentity } from "../../src/runtime/shared";
import { attachTestKernel } from "../runtime/kernel";
import { agreesWithPython } from "./oracle";

/** Gives back its argument; for shared storage it has moved into kernel memory before. */
export type Own = <T extends object>(x: T) => T;

/** A Python expression, and the same in TypeScript, in which `own` is called with each container it makes. */
export type StorageRow = readonly [python: string, ours: (own: Own) => unknown];

const local: Own = (x) => x;

export const shared: Own = (x) => {
  addressOf(x as unknown as KeepsIdentity);
  return x;
};

export function agreesInBothStorages(title: string, rows: readonly StorageRow[]): void {
  attachTestKernel();
  for (const [storage, own] of [
    ["local", local],
    ["shared", shared],
  ] as const) {
    agreesWithPython(
      `${title}, ${storage}`,
      rows.map(([python, ours]) => [python, () => ours(own)] as const),
    );
  }
}
