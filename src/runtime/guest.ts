// A page's or a Node program's own thread as a guest of a program that it runs: it reaches what the program exports, and
// awaits what the program's threads do. It may not block.
import { host } from "#platform";
import { supervisorHost } from "#platform/supervisor";
import { ThreadState } from "../../assembly/status";
import { AttributeError, RuntimeError } from "../exceptions";
import { become, kernel } from "../kernel/kernel";
import type { BootData, Message } from "../platform/types";
import { assignAll } from "./module_object";
import { plainFrames } from "./plain_frames";
import { isAttached, processObject } from "./process";
import { ProcessWord } from "./process_words";
import { attach } from "./program";
import { setFrameReader } from "./traceback";
import { forbidBlocking } from "./wait";
import { FOREIGN, read, slotAt, UNSET, write } from "./words";

/** What a guest must know. */
export interface Invitation {
  data: BootData;
  /** Address of the guest's thread record. */
  thread: number;
  /** Number of the main module's first variable in the namespace, and the names of all. */
  slots: number;
  names: string[];
  /** Where the kernel is with all its functions, if the program's may lack some that a guest calls. */
  kernel: string | undefined;
}

/** That of the program to which this context belongs as a guest. */
let joined: Invitation | undefined;

/** Makes this context a thread of the program, whose supervisor gets what it says by `send`. */
async function join(invitation: Invitation, send: (message: Message) => void): Promise<void> {
  const { kernel: whole } = invitation;
  const module = whole === undefined ? invitation.data.module : await supervisorHost.loadKernel(whole);
  if (joined === invitation) return; // by another call, meanwhile
  if (isAttached()) {
    throw RuntimeError("this thread belongs to a program already, its own or another: a thread has one for good");
  }
  const { data, thread } = invitation;
  host.send = send;
  attach({ ...data, module, carrier: -1, mainThread: 0 }, supervisorHost.mayPause ? undefined : () => 0);
  become(thread);
  kernel.thread_set_native_id(thread, host.nativeId());
  kernel.thread_advance(thread, ThreadState.Started);
  write(slotAt(kernel.thread_words(thread) >>> 0), "EventLoop");
  forbidBlocking();
  setFrameReader(plainFrames);
  assignAll();
  joined = invitation;
}

/** The values of the main module's variables `wanted`, as soon as the program has given each of them one. */
export async function exportsOf(
  invitation: Invitation,
  send: (message: Message) => void,
  wanted: string[],
  isOver: () => boolean,
): Promise<Record<string, any>> {
  if (joined !== invitation) await join(invitation, send);
  const found: Record<string, unknown> = {};
  for (const name of wanted) found[name] = await valueOf(invitation, name, isOver);
  return found;
}

async function valueOf({ names, slots }: Invitation, name: string, isOver: () => boolean): Promise<unknown> {
  const number = names.indexOf(name);
  if (number < 0) throw AttributeError(`the program's main module exports no variable '${name}'`);
  const namespace = kernel.namespace_slots(processObject(ProcessWord.Namespace)) >>> 0;
  const slot = slotAt(namespace + (slots + number) * 8);
  for (let pause = 1; ; pause = Math.min(pause * 2, 32)) {
    const value = read(slot);
    if (value === FOREIGN) throw RuntimeError(`variable '${name}' holds what only the program's main thread can have`);
    if (value !== UNSET) return value;
    if (isOver()) throw RuntimeError(`the program has ended, and '${name}' has no value`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
