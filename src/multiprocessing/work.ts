// What a process is told that has been started.
import { extendCodec } from "../registry";
import type { BaseProcess } from "./process";
import type { Logging } from "./util/logging";

export class Work {
  constructor(
    readonly target: unknown,
    readonly args: Iterable<unknown>,
    readonly kwargs: object,
    /** For a process that is spawned, as it begins with nothing: the object that stands for it, and its parent's logger. */
    readonly process: BaseProcess | null = null,
    readonly logging: Logging | null = null,
  ) {}

  spawned(process: BaseProcess, logging: Logging | null): Work {
    return new Work(this.target, this.args, this.kwargs, process, logging);
  }
}

type Fields = ConstructorParameters<typeof Work>;

extendCodec(Work, {
  name: "multiprocessing work",
  reduce: ({ target, args, kwargs, process, logging }: Work): Fields => [target, args, kwargs, process, logging],
  restore: (fields: Fields) => new Work(...fields),
});
