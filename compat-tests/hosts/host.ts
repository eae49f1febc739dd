// What a place that runs programs must offer. The same tables of programs run on every host.

export interface RunOptions {
  /** Options of the runner, before the file: `--carriers 100`. */
  options?: readonly string[];
  /** The program's own arguments. */
  args?: readonly string[];
  stdin?: string;
  /** Milliseconds after which the program is taken for hung, and killed. */
  timeout: number;
}

export interface RunResult {
  /** What was printed, until the timeout if there was one. */
  stdout: string;
  stderr: string;
  /** null: killed, after the timeout or by a signal. */
  code: number | null;
  ms: number;
  timedOut: boolean;
}

export interface Host {
  readonly name: string;
  /** Why programs cannot run here; null where they can. */
  unavailable(): string | null;
  run(file: string, options: RunOptions): Promise<RunResult>;
}
