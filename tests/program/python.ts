// CPython as the other end of a program: one side listens and tells its port, the other is started with it.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

export interface Peer {
  /** The next line that it prints. */
  line(): Promise<string>;
  /** Its exit code, and all that it printed after the lines that were asked for. */
  ended: Promise<{ code: number | null; rest: string }>;
}

/** Starts python3 with this program. */
export function startPython(source: string, ...args: string[]): Peer {
  const child = spawn("python3", ["-W", "ignore", "-u", "-c", source, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let errors = "";
  child.stderr.on("data", (data) => {
    errors += data;
  });
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
  return {
    async line() {
      const { done, value } = await lines.next();
      if (done) throw new Error(`python3 ended early:\n${errors}`);
      return value;
    },
    get ended() {
      return closed.then(async (code) => {
        const rest: string[] = [];
        for (let next = await lines.next(); !next.done; next = await lines.next()) rest.push(next.value);
        return { code, rest: rest.join("\n") + errors };
      });
    },
  };
}
