// multiprocessing.connection.wait: for connections and the sentinels of processes.
import { Kind } from "../../../assembly/status";
import { signature } from "../../arguments";
import { list } from "../../builtins/list";
import { iterate } from "../../builtins/protocol";
import { repr } from "../../builtins/repr";
import { KeyError, ValueError } from "../../exceptions";
import { bytes, kernel } from "../../kernel/kernel";
import { defineAll } from "../../registry";
import { addressOf, KIND, Shared } from "../../runtime/shared";
import { _ConnectionBase } from "./base";
import { readyOf } from "./wait";

const bindWait = signature<[objects: Iterable<unknown>, timeout: number | null]>("wait(object_list, timeout=None)");

/** A process's sentinel is the number of the event that is set when it has ended. */
function isSentinel(object: unknown): object is number {
  const isAddress = typeof object === "number" && object > 0 && object % 8 === 0 && object < bytes.length;
  return isAddress && kernel.object_kind(object) === Kind.Event;
}

/** Address of the kernel's object that is ready when `object` is; 0 if that will never be. */
function watched(object: unknown): number {
  if (object instanceof _ConnectionBase) return object._incoming();
  if (object instanceof Shared && object[KIND] === Kind.Event) return addressOf(object);
  if (isSentinel(object)) return object;
  throw ValueError(`Invalid file object: ${repr(object)}`);
}

/**
 * Those of some objects that are ready, in a list: connections that have something to read or are at their end, and the
 * sentinels of processes that have ended. Waits until there is one.
 *
 * @param timeout seconds to wait at most; None waits for ever
 */
export function wait<T>(object_list: Iterable<T>, timeout?: number | null | { timeout?: number | null }): list<T>;
export function wait(...args: unknown[]): list {
  const [objects, timeout] = bindWait(args);
  const addresses = new Map<unknown, number>();
  for (const object of iterate(objects)) {
    if (addresses.has(object)) throw KeyError(`${repr(object)} is already registered`);
    addresses.set(object, watched(object));
  }
  const watching = [...addresses.values()].filter((address) => address !== 0);
  // Others may close a connection meanwhile, and then nobody else would hold what it read from.
  for (const address of watching) kernel.object_retain(address);
  let ready: Set<number>;
  try {
    ready = new Set(readyOf(watching, timeout));
  } finally {
    for (const address of watching) kernel.object_release(address);
  }
  return list([...addresses.keys()].filter((object) => ready.has(addresses.get(object)!)));
}

defineAll("multiprocessing.connection", { wait });
