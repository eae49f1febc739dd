// Under `node --inspect` the debugger knows the port: its source, and where each line is in the program that runs.
import { eachMapping, TraceMap } from "@jridgewell/trace-mapping";
import { expect, test } from "vitest";
import { runPort } from "../program/run";

const PORT = `import inspector from "node:inspector";
import { threading } from "pythreads";
import { print } from "pythreads/builtins";
const found: any = [];
function look() {
  const session = new inspector.Session();
  session.connect();
  session.on("Debugger.scriptParsed", ({ params }) => {
    if (params.url.includes("program.cjs")) found.append([params.sourceMapURL]);
  });
  session.post("Debugger.enable");
  session.disconnect();
}
const t = threading.Thread({ target: look });
t.start();
t.join();
print(found[0][0]);
`;

test("a thread's code tells the debugger where the port's lines are", async () => {
  const { stdout } = await runPort(PORT, { flags: ["--inspect=127.0.0.1:0"] });
  const [prefix, data] = stdout.trim().split(",");
  expect(prefix).toBe("data:application/json;base64");
  const map = new TraceMap(Buffer.from(data!, "base64").toString());
  const port = map.sources.find((source) => source?.endsWith("/port.ts"));
  expect(map.sourcesContent?.[map.sources.indexOf(port!)]).toBe(PORT);
  const lines = new Set<number>();
  eachMapping(map, ({ source, originalLine }) => {
    if (source === port) lines.add(originalLine!);
  });
  expect([...lines]).toEqual(expect.arrayContaining([4, 6, 9, 13, 14, 15, 16]));
});

test("without a debugger the program carries no source map", async () => {
  const { stdout } = await runPort(PORT);
  expect(stdout).toBe("\n");
});
