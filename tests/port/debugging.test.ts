// Under `node --inspect` the debugger knows the port: its source, and where each line is in the program that runs.
import { eachMapping, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
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

const STOPPING = `import inspector from "node:inspector";
import { threading } from "pythreads";
import { print } from "pythreads/builtins";
function work(n: any) {
  const doubled = n * 2;
  return "the line to stop in" + doubled;
}
function debugged() {
  const session = new inspector.Session();
  let script: any, stopped: any;
  session.connect();
  session.on("Debugger.scriptParsed", ({ params }) => { if (params.url.includes("program.cjs")) script = params; });
  session.on("Debugger.paused", ({ params }) => { stopped = params; });
  session.post("Debugger.enable");
  session.post("Debugger.getScriptSource", { scriptId: script.scriptId }, (_: any, { scriptSource }: any) => {
    const lineNumber = scriptSource.split("\\n").findIndex((line: any) => line.includes("the line to " + "stop in"));
    session.post("Debugger.setBreakpointByUrl", { url: script.url, lineNumber });
  });
  print(work(4));
  session.disconnect();
  const [frame] = stopped.callFrames;
  print(frame.functionName, frame.location.lineNumber, frame.location.columnNumber, stopped.hitBreakpoints.length);
  print(script.sourceMapURL);
}
const t = threading.Thread({ target: debugged });
t.start();
t.join();
`;

test("a breakpoint stops a thread, and is where the port's line is", async () => {
  const { stdout, stderr } = await runPort(STOPPING, { flags: ["--inspect=127.0.0.1:0"] });
  const [printed, place, map] = stdout.split("\n");
  expect(printed, stderr).toBe("the line to stop in8");
  const [name, line, column, hits] = place!.split(" ");
  expect([name, hits]).toEqual(["work", "1"]);
  const trace = new TraceMap(Buffer.from(map!.split(",")[1]!, "base64").toString());
  const found = originalPositionFor(trace, { line: Number(line) + 1, column: Number(column) });
  expect([found.source?.endsWith("/port.ts"), found.line]).toEqual([true, 6]);
});

test("without a debugger the program carries no source map", async () => {
  const { stdout } = await runPort(PORT);
  expect(stdout).toBe("\n");
});
