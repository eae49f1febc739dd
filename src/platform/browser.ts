// A thread of the program in a web page: a worker that its supervisor, a worker too, has made.
import type { BootData, Message, ThreadHost } from "./types";

/** How the supervisor tells a worker that it is a thread. */
export interface ThreadOrder {
  kind: "thread";
  data: BootData;
  /** Names of the locks that the worker holds as long as it is there: one with all of the program, one of its own. */
  lives: [life: string, own: string];
}

/** What the names of workers begin with that a page without a compiled port makes; the main module follows. */
export const LIBRARY_CARRIER = "pythreads carrier";

let carrier = 0;
const codes = { ok: 0, "not-equal": 1, "timed-out": 2 };
const turns = new MessageChannel();
const tasks = new MessageChannel();

/** Characters that are decoded at a time: as many as a call may have arguments. */
const PIECE = 8192;

function send(message: Message): void {
  self.postMessage(message);
}

/** Bytes of a buffer that is thrown away. */
const DECOY = 1 << 26;

/** Has `report` called with what a promise was rejected with that nobody awaits. */
export function onRejection(report: (error: unknown) => void): void {
  self.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    report(event.reason);
  });
}

export const host: ThreadHost = {
  get library() {
    const { name } = self;
    return name.startsWith(LIBRARY_CARRIER)
      ? { main: name.slice(LIBRARY_CARRIER.length).trim() || undefined }
      : undefined;
  },
  forgive(error) {
    self.addEventListener("error", (event) => {
      if (event.error === error) event.preventDefault();
    });
  },

  boot(begin) {
    const told = ({ data: order }: MessageEvent<ThreadOrder>) => {
      if (order.kind !== "thread") return;
      self.removeEventListener("message", told);
      carrier = order.data.carrier;
      const [life, own] = order.lives;
      navigator.locks.request(life, { mode: "shared" }, () => new Promise(() => {}));
      // Not before it is held: a request is answered only when the event loop turns.
      navigator.locks.request(own, () => {
        try {
          begin(order.data);
        } catch (error) {
          // Only what no promise has caught is told to whoever has made the worker.
          setTimeout(() => {
            throw error;
          });
        }
        return new Promise(() => {});
      });
    };
    self.addEventListener("message", told);
  },

  send,
  write: (fd, text) => send({ kind: "write", fd, text }),

  wait(bufferTo) {
    let ints = new Int32Array(bufferTo(0));
    return (address, expected, milliseconds) => {
      const index = address >>> 2;
      if (index >= ints.length) ints = new Int32Array(bufferTo((address >>> 0) + 4));
      return codes[Atomics.wait(ints, index, expected, milliseconds)];
    };
  },

  // Each worker's performance.now() counts from its own start.
  now: () => performance.timeOrigin + performance.now(),
  nativeId: () => carrier + 1,

  afterTurn(work) {
    turns.port1.onmessage = work;
    turns.port2.postMessage(null);
  },

  whileAlive(work) {
    // Only a living worker has an event loop.
    tasks.port1.onmessage = work;
    tasks.port2.postMessage(null);
  },

  endsLate: true,
  leave() {
    send({ kind: "left" });
    self.close();
  },
  executable: "",
  // Nothing in a page's worker does it before the job ends.
  forgetKept() {},
  // Browsers count the memory of buffers, and collect when much of it was made. Nothing is written to this.
  collect: () => void new ArrayBuffer(DECOY),
  allocate: (size) => new ArrayBuffer(size),

  // TextDecoder refuses shared memory, knows no latin-1 and loses lone surrogates.
  decode(bytes, start, end, latin1) {
    const units = latin1 ? bytes.subarray(start, end) : new Uint16Array(bytes.buffer, start, (end - start) >>> 1);
    if (units.length <= PIECE) return String.fromCharCode.apply(null, units as unknown as number[]);
    let text = "";
    for (let at = 0; at < units.length; at += PIECE) {
      text += String.fromCharCode.apply(null, units.subarray(at, at + PIECE) as unknown as number[]);
    }
    return text;
  },
  encode(text, bytes, start, latin1) {
    const units = latin1 ? bytes.subarray(start) : new Uint16Array(bytes.buffer, start, text.length);
    for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  },
};
