// The supervisor's side in a web page: a worker that starts workers on its own script.
import { LIBRARY_CARRIER, type ThreadOrder } from "./browser";
import type { Installed, Message, SupervisorHost } from "./types";

/** What a worker's thread needs to end after its script: 30 were enough in 60 runs of 60. */
const THREAD_END_MS = 100;

function workersOn(url: string, type: WorkerType, name?: string): Installed {
  const life = `pythreads ${crypto.randomUUID()}`;
  let started = 0;
  return {
    file: url,
    start(data, events) {
      const worker = new Worker(url, {
        type,
        name: name ?? (data.mainThread ? "MainThread" : `carrier ${data.carrier}`),
      });
      const own = `${life} ${started++}`;
      let isEnding = false;
      // Chromium lets a script go on for as long as two seconds: whoever buried it meanwhile would let go twice of what it holds, and it
      // would write where others are by then. Its lock is free when the script has ended, though not its finalizers: see whileAlive.
      const end = (error?: Error) => {
        if (isEnding) return;
        isEnding = true;
        worker.terminate();
        void navigator.locks.request(own, () => events.ended(error));
      };
      worker.onmessage = ({ data: message }: MessageEvent<Message>) => {
        if (message.kind === "left") end();
        else events.message(message);
      };
      // An error's event says nothing where the script could not be loaded.
      worker.onerror = (event) => {
        event.preventDefault();
        end(new Error(event.message || `the worker's script could not be loaded: ${url}`));
      };
      worker.onmessageerror = () => end(new Error("the worker could not be told what it is for: memory refused"));
      worker.postMessage({
        kind: "thread",
        data: name ? { ...data, entry: url } : data,
        lives: [life, own],
      } satisfies ThreadOrder);
      return { terminate: () => end() };
    },
    remove() {},
    // Chromium never ends a worker whose parent goes while it is ending. The lock tells of the end of its script;
    // of its thread nothing tells.
    async settled() {
      await navigator.locks.request(life, () => {});
      await new Promise((resolve) => setTimeout(resolve, THREAD_END_MS));
    },
  };
}

export const supervisorHost: SupervisorHost = {
  now: () => performance.timeOrigin + performance.now(),
  grace: 500,
  endGrace: 20,

  async loadKernel(url) {
    const response = await fetch(url!);
    if (!response.ok) throw new Error(`the kernel could not be loaded: ${url} answered ${response.status}`);
    return WebAssembly.compile(await response.arrayBuffer());
  },

  mayPause: false,

  /** A page's bundle may hold everything: then its own script is the main thread's. */
  mainModule: (targets) => (Array.from(document.scripts).some(({ src }) => src === targets) ? targets : undefined),

  install: (url, isModule) => workersOn(url, isModule ? "module" : "classic"),
  onModule: (url, main = "") => workersOn(url, "module", `${LIBRARY_CARRIER} ${main}`),
  beforeExit() {},

  readLine: async () => null,
  listen() {},
  write: (fd, text) => console[fd === 1 ? "log" : "error"](text),
};
