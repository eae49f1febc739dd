// What a page and its program's supervisor tell each other.
import type { Message } from "../platform/types";
import type { Invitation } from "../runtime/guest";

/** What the plugin has made of a port, as a program file says it of itself. URLs are relative to that file. */
export interface Manifest {
  kernel: string;
  /** The kernel with all its functions: `kernel` may lack those that the program's own code does not call. */
  wholeKernel: string;
  /** The source map with the ports' names, and the script that reads it. */
  map: string;
  frames: string;
  /** Number of module variables of each module, by module id. */
  variables: number[];
  /** Names of the main module's variables. */
  names: string[];
}

export interface SuperviseOrder {
  kind: "supervise";
  isModule: boolean;
  argv: string[];
  carriers: number;
  memory: number | undefined;
}

export type FromPage =
  | SuperviseOrder
  | { kind: "interrupt" }
  /** The page's own thread wants to join the program. */
  | { kind: "join" }
  /** What it says then as a thread of the program. */
  | { kind: "message"; message: Message }
  | { kind: "terminate" }
  /** The answer to `line`. */
  | { kind: "line"; text: string | null };

export type ToPage =
  /** The program has begun. */
  | { kind: "running" }
  /** It could not begin. */
  | { kind: "failed"; message: string }
  /** The answer to `join`. */
  | { kind: "invitation"; invitation: Invitation }
  | { kind: "write"; fd: 1 | 2; text: string }
  /** A thread waits for a line of input. */
  | { kind: "line" }
  | { kind: "exit"; code: number }
  /** All workers have ended, and this one ends now. */
  | { kind: "left" };
