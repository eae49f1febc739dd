// Running a port from a page.
import type { Invitation } from "../runtime/guest";
import { demandIsolation } from "./isolation";
import type { FromPage, SuperviseOrder, ToPage } from "./protocol";

export interface RunOptions {
  /** `sys.argv` after the program's own name. */
  argv?: string[];
  /** Gets what the program prints, as it prints it. Default: the console. */
  stdout?: (text: string) => void;
  stderr?: (text: string) => void;
  /** Gives the next line of input without its end, or null at the end: `input()` waits for it. Default: no input. */
  stdin?: () => string | null | Promise<string | null>;
  /** Workers that are made and parked before the program begins. Default: 0; two more are made while it runs. */
  carriers?: number;
  /** Most MiB of memory for what threads share; then MemoryError. Default: 4096, which is all there can be. */
  memory?: number;
  /** Gets the exit code, once, when the program has ended. */
  onexit?: (code: number) => void;
}

/** A program that runs in workers of this page. */
export interface Program {
  /** Its exit code, once it has ended. Rejected if a worker could not be made for it. */
  readonly exitCode: Promise<number>;
  /** Done when it has ended and its last worker too. */
  readonly gone: Promise<void>;
  /**
   * The values of variables that the port exports, as soon as they have one: `const { jobs } = await program.exports("jobs")`.
   * From then on the page's own thread belongs to the program and awaits its objects: `await jobs.aio.put(1)`. It can belong to
   * one program only, and never blocks.
   *
   * @throws AttributeError if the port exports no variable of that name
   * @throws RuntimeError if the page belongs to another program, or the program has ended
   */
  exports(...names: string[]): Promise<Record<string, any>>;
  /** Raises KeyboardInterrupt in the program's main thread, also while it blocks. */
  interrupt(): void;
  /** Ends the program; its exit code is then 143, as of a process that was terminated. */
  terminate(): void;
}

/** How long a supervisor that was told to end the program may take, before it is ended itself. */
const PATIENCE_MS = 5000;

/**
 * Runs a ported program on workers of its own; the page stays free.
 *
 * @param url the port, as `new URL("./port.ts", import.meta.url)`: the plugin puts the compiled program in its place
 * @throws Error if the page is not cross-origin isolated, or the program could not be loaded; it says what to do
 */
export async function run(url: string | URL, options: RunOptions = {}): Promise<Program> {
  demandIsolation();
  const program = new PageProgram(new URL(url, document.baseURI), options);
  await program.running;
  return program;
}

class PageProgram implements Program {
  readonly running: Promise<void>;
  readonly exitCode: Promise<number>;
  readonly gone: Promise<void>;
  readonly #worker: Worker;
  readonly #url: URL;
  readonly #options: RunOptions;
  #begun!: () => void;
  #failed!: (error: Error) => void;
  #exited!: { resolve(code: number): void; reject(error: Error): void };
  #left!: () => void;
  #over = false;
  #invitation: Promise<Invitation> | undefined;
  #invited: ((invitation: Invitation) => void) | undefined;

  constructor(url: URL, options: RunOptions) {
    this.#url = url;
    this.#options = options;
    this.running = new Promise((resolve, reject) => {
      this.#begun = resolve;
      this.#failed = reject;
    });
    this.exitCode = new Promise((resolve, reject) => {
      this.#exited = { resolve, reject };
    });
    this.exitCode.catch(() => {}); // told by run() already, or to whoever asks
    this.gone = new Promise((resolve) => {
      this.#left = resolve;
    });
    const isModule = url.pathname.endsWith(".mjs");
    this.#worker = new Worker(url, { type: isModule ? "module" : "classic", name: "pythreads supervisor" });
    this.#worker.onmessage = ({ data }: MessageEvent<ToPage>) => this.#receive(data);
    this.#worker.onerror = (event) => this.#lost(event);
    const order: SuperviseOrder = {
      kind: "supervise",
      isModule,
      argv: [url.pathname.replace(/^.*\//, ""), ...(options.argv ?? [])],
      carriers: options.carriers ?? 0,
      memory: options.memory,
    };
    this.#tell(order);
  }

  async exports(...names: string[]): Promise<Record<string, any>> {
    this.#invitation ??= new Promise((resolve) => {
      this.#invited = resolve;
      this.#tell({ kind: "join" });
    });
    // The library comes into the page only now, with all that the program's objects may be.
    const [{ exportsOf }, invitation] = await Promise.all([
      import("../runtime/guest"),
      Promise.race([this.#invitation, this.gone]),
      import("../library"),
    ]);
    if (!invitation) throw new Error("the program has ended");
    return exportsOf(
      invitation,
      (message) => this.#tell({ kind: "message", message }),
      names,
      () => this.#over,
    );
  }

  interrupt(): void {
    this.#tell({ kind: "interrupt" });
  }

  terminate(): void {
    this.#tell({ kind: "terminate" });
    setTimeout(() => {
      this.#exit(143);
      this.#close();
    }, PATIENCE_MS);
  }

  #tell(message: FromPage): void {
    this.#worker.postMessage(message);
  }

  #receive(message: ToPage): void {
    if (message.kind === "running") this.#begun();
    else if (message.kind === "failed") this.#fail(new Error(message.message));
    else if (message.kind === "write") this.#write(message.fd, message.text);
    else if (message.kind === "line") this.#answer();
    else if (message.kind === "invitation") this.#invited?.(message.invitation);
    else if (message.kind === "exit") this.#exit(message.code);
    else this.#close();
  }

  /** The supervisor's script could not be loaded, or failed. */
  #lost(event: ErrorEvent): void {
    event.preventDefault();
    const why = event.message
      ? `it says: ${event.message}`
      : "the file is not there, is no script, or was not served with the header Cross-Origin-Embedder-Policy";
    const remedy = "Is the port compiled by the plugin (pythreads/vite, esbuild, rollup, webpack)?";
    this.#fail(new Error(`the program ${this.#url} could not be loaded: ${why}. ${remedy}`));
  }

  #fail(error: Error): void {
    this.#failed(error);
    this.#exited.reject(error);
    this.#close();
  }

  #write(fd: 1 | 2, text: string): void {
    const sink = fd === 1 ? this.#options.stdout : this.#options.stderr;
    if (sink) sink(text);
    else console[fd === 1 ? "log" : "error"](text.replace(/\n$/, ""));
  }

  async #answer(): Promise<void> {
    let text: string | null = null;
    try {
      text = (await this.#options.stdin?.()) ?? null;
    } finally {
      this.#tell({ kind: "line", text });
    }
  }

  #exit(code: number): void {
    if (this.#over) return;
    this.#over = true;
    this.#exited.resolve(code);
    this.#options.onexit?.(code);
  }

  #close(): void {
    this.#worker.terminate();
    this.#left();
  }
}
