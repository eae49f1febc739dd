// The supervisor's side in a web page: a worker that starts workers on its own script.
import type { ThreadOrder } from "./browser";
import type { Message, SupervisorHost } from "./types";

export const supervisorHost: SupervisorHost = {
  now: () => performance.timeOrigin + performance.now(),
  grace: 500,

  async loadKernel(url) {
    const response = await fetch(url!);
    if (!response.ok) throw new Error(`the kernel could not be loaded: ${url} answered ${response.status}`);
    return WebAssembly.compile(await response.arrayBuffer());
  },

  install(url, isModule) {
    const type: WorkerType = isModule ? "module" : "classic";
    return {
      file: url,
      start(data, events) {
        const worker = new Worker(url, { type, name: data.mainThread ? "MainThread" : `carrier ${data.carrier}` });
        let over = false;
        const end = (error?: Error) => {
          if (over) return;
          over = true;
          worker.terminate();
          events.ended(error);
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
        worker.postMessage({ kind: "thread", data } satisfies ThreadOrder);
        return { terminate: () => end() };
      },
      remove() {},
    };
  },

  readLine: async () => null,
  write: (fd, text) => console[fd === 1 ? "log" : "error"](text),
};
