// The references that a process has to objects of servers, which count them. A proxy's is given back when it is seen that the
// proxy has been dropped, if only its own thread had it; else when the process ends. A forked process has references of its own
// to all that its parent had.
import { dict } from "../../builtins/dict";
import { type tuple, tupleOf } from "../../builtins/tuple";
import { isinstance } from "../../builtins/types";
import { Exception } from "../../exceptions";
import { kernel, me } from "../../kernel/kernel";
import { assigned } from "../../runtime/module_object";
import { processValue } from "../../runtime/once";
import { pid } from "../../runtime/process";
import { whenGone } from "../../runtime/shared";
import { Event } from "../../threading/event";
import { atProcess } from "../finalizers";
import { type Address, Client } from "./listener";
import { dispatch } from "./remote";

/** Which object of which server, and the server's key. */
export type Reference = readonly [address: Address, ident: string, authkey: Uint8Array | null];
type Table = dict<string, tuple<any> & Reference>;

const PATH = "multiprocessing.managers.$references";

/** References whose proxies this worker has seen dropped, each with the number of the process that had it. */
const dropped: [owner: number, key: string][] = [];
let last = 0;

function table(): Table {
  return processValue(PATH, () => dict()) as Table;
}

/** Has the server count one reference more, or one less. What fails is let be: the server may have gone. */
function count(name: "incref" | "decref", [address, ident, authkey]: Reference): boolean {
  try {
    const connection = Client(address, { authkey });
    try {
      dispatch(connection, name, [ident]);
      return true;
    } finally {
      connection.close();
    }
  } catch (error) {
    if (isinstance(error, Exception)) return false;
    throw error;
  }
}

/** A name for a reference that no other has. */
export function newKey(): string {
  return `${kernel.thread_id(me)}:${++last}`;
}

/** Makes a reference this process's own, unless it is. @param counted whether the server has counted it for this process */
export function keep(key: string, reference: Reference, counted: boolean): void {
  const all = table();
  if (all.__contains__(key) || !(counted || count("incref", reference))) return;
  all.__setitem__(key, tupleOf([...reference]) as never);
}

/** What the proxy holds that has the reference: when it goes, the proxy has gone. */
export function holder(key: string): Event {
  const event = Event();
  const owner = pid();
  whenGone(event, () => dropped.push([owner, key]));
  return event;
}

/** Gives back what has been dropped. Done before each request, since a proxy may be seen to be gone at any moment. */
export function giveBack(): void {
  while (dropped.length > 0) {
    const [owner, key] = dropped.pop()!;
    const reference = owner === pid() ? table().pop(key, null) : null;
    if (reference !== null) count("decref", [...reference] as never);
  }
}

/** A server has gone: nobody counts its references. */
export function forgetReferences(address: Address): void {
  const all = table();
  for (const [key, [its]] of [...all.items()] as any) if (String(its) === String(address)) all.pop(key, null);
}

atProcess(
  () => {
    const all = assigned<Table | undefined>(PATH, undefined);
    for (const [key, reference] of all ? [...all.items()] : []) {
      if (!count("incref", [...reference] as never)) all!.pop(key, null);
    }
  },
  () => {
    const all = assigned<Table | undefined>(PATH, undefined);
    for (const [, reference] of all ? [...all.items()] : []) count("decref", [...reference] as never);
  },
);
