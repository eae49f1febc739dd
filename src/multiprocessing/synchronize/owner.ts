// Who holds a lock, as the reprs of multiprocessing's locks tell it.
import { Kind } from "../../../assembly/status";
import { kernel, me } from "../../kernel/kernel";
import { addressOf, type Shared } from "../../runtime/shared";
import { liveThreads } from "../../runtime/threads";
import { current_thread } from "../../threading/thread";
import { current_process } from "../process";

/** `MainProcess`, `Process-1|Thread-2`, `SomeOtherThread`, `SomeOtherProcess`, `None`. */
export function ownerName(lock: Shared): string {
  const owner = kernel.mutex_owner(addressOf(lock));
  if (owner === 0) return "None";
  if (owner !== kernel.thread_id(me)) return isOfThisProcess(owner) ? "SomeOtherThread" : "SomeOtherProcess";
  const process = current_process().name;
  const { name } = current_thread();
  return name === "MainThread" ? process : `${process}|${name}`;
}

function isOfThisProcess(id: number): boolean {
  return liveThreads(Kind.Thread).some((thread) => kernel.thread_id(addressOf(thread)) === id);
}
