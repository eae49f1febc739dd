// A process as its parent knows it: whether it has ended, and how.
import { Kind } from "../../assembly/status";
import { kernel } from "../kernel/kernel";
import { processObject } from "../runtime/process";
import { ProcessWord } from "../runtime/process_words";
import { hasEnded, killProcess } from "../runtime/processes";
import { addressOf, KIND, reviveKind, Shared, tie } from "../runtime/shared";
import { optionalDeadline, waitForEvent } from "../runtime/wait";

const SIGKILL = 9;
const SIGTERM = 15;

/** The facade of a process's record. */
export class Popen extends Shared {
  get [KIND](): Kind {
    return Kind.Process;
  }

  protected promote(): never {
    throw new Error("a process's record is made when it is started");
  }

  get pid(): number {
    return kernel.process_pid(addressOf(this));
  }

  /** Something to wait for: the number of the event that is set when the process has ended. */
  get sentinel(): number {
    return processObject(ProcessWord.Ended, addressOf(this));
  }

  /** The exit code, or None while the process lives. */
  poll(): number | null {
    return hasEnded(addressOf(this)) ? kernel.process_exit_code(addressOf(this)) : null;
  }

  wait(timeout: number | null): number | null {
    const ended = this.sentinel;
    return waitForEvent(ended, optionalDeadline(timeout)) ? this.poll() : null;
  }

  terminate(): void {
    killProcess(addressOf(this), SIGTERM);
  }

  kill(): void {
    killProcess(addressOf(this), SIGKILL);
  }
}

/** The facade of the record at `address`, whose reference it takes over. */
export function popenOf(address: number): Popen {
  const popen = new Popen();
  tie(popen, address);
  return popen;
}

reviveKind(Kind.Process, (address) => Shared.revive(Popen, address));
