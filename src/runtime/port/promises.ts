// What becomes of a promise that is rejected and that nobody awaits: its error is told, and the program's exit code is 1.
import { onRejection } from "#platform";
import { SystemExit } from "../../exceptions";
import { me } from "../../kernel/kernel";
import { turnBeforeEnd } from "../aio";
import { beforeExit, ExitPhase, reportUncaught } from "../exit";
import { mainThreadAddress } from "../process";
import { ThreadExit } from "../wait";

let isHeard = false;

/** Called by ports that have promises, in every thread, before any other code of theirs. */
export function usePromises(): void {
  if (isHeard) return;
  isHeard = true;
  turnBeforeEnd();
  onRejection(report);
}

function report(error: unknown): void {
  // A thread that was ended from outside.
  if (error instanceof ThreadExit) return;
  const isExit = error instanceof SystemExit;
  if (!isExit) reportUncaught(error);
  // The error has been told by then.
  const asExitCode = () => {
    throw isExit ? error : SystemExit(1);
  };
  if (me === mainThreadAddress()) beforeExit(ExitPhase.Threads, asExitCode);
}
