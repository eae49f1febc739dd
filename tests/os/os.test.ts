// os and signal in programs.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CLI, folderOf, runPort } from "../program/run";

async function printed(source: string, exit = 0): Promise<string> {
  const { stdout, stderr, code } = await runPort(source);
  expect({ stderr, code }).toEqual({ stderr: "", code: exit });
  return stdout;
}

test("the environment is one dict for all threads, with Python's errors", async () => {
  const source = `
    import { os, threading } from "pythreads";
    import { print, repr } from "pythreads/builtins";
    function set() { os.environ["PT_X"] = "1"; }
    const t = threading.Thread({ target: set }); t.start(); t.join();
    print(os.environ["PT_X"], os.getenv("PT_X"), "PT_X" in os.environ, os.getenv("PT_Y"), os.getenv("PT_Y", "else"));
    delete os.environ["PT_X"];
    for (const f of [() => os.environ["PT_X"], () => { os.environ["PT_X"] = 1 as any; }]) {
      try { f(); } catch (e) { print(repr(e)); }
    }`;
  expect(await printed(source)).toBe("1 1 True None else\nKeyError('PT_X')\nTypeError('str expected, not int')\n");
});

test("the current directory is that of the process, for all threads", async () => {
  const folder = folderOf({ "a.txt": "x" });
  const source = `
    import { os, threading, contextlib } from "pythreads";
    import { print, with_, sorted, repr } from "pythreads/builtins";
    os.chdir(${JSON.stringify(folder)});
    function make() { os.makedirs("b/c"); print(os.path.isfile("a.txt"), os.path.basename(os.getcwd()) !== ""); }
    const t = threading.Thread({ target: make }); t.start(); t.join();
    print(sorted(os.listdir()), os.stat("a.txt").st_size);
    with_(contextlib.chdir("b"), () => print(os.listdir("."), os.path.basename(os.getcwd())));
    print([...os.walk(".")].map((found) => repr(found[0])));
    try { os.mkdir("b"); } catch (e) { print(repr(e), e.filename); }
    try { os.listdir("nope"); } catch (e) { print(e); }
    os.rename("a.txt", "b/c/a.txt"); os.remove("b/c/a.txt"); os.removedirs("b/c");
    print(os.listdir("."));`;
  expect(await printed(source)).toBe(
    "True True\n['a.txt', 'b'] 1\n['c'] b\n[\"'.'\", \"'./b'\", \"'./b/c'\"]\n" +
      "FileExistsError(17, 'File exists') b\n[Errno 2] No such file or directory: 'nope'\n[]\n",
  );
  expect(existsSync(join(folder, "b"))).toBe(false);
});

test("os._exit ends the program at once", async () => {
  const source = `
    import { os, atexit, threading } from "pythreads";
    import { print } from "pythreads/builtins";
    atexit.register(print, "never");
    function wait() { threading.Event().wait(); }
    threading.Thread({ target: wait }).start();
    try { os._exit(7); } finally { print("never"); }`;
  expect(await printed(source, 7)).toBe("");
});

test("a handler runs in the main thread, whoever sends the signal, and its error is raised there", async () => {
  const source = `
    import { os, signal, threading, time } from "pythreads";
    import { print, repr, RuntimeError } from "pythreads/builtins";
    function handler(signum: number, frame: any) {
      print(signal.Signals(signum).name, signum === signal.SIGUSR1, frame, threading.current_thread().name);
    }
    print(signal.signal(signal.SIGUSR1, handler) === signal.SIG_DFL, signal.getsignal(signal.SIGUSR1) === handler);
    os.kill(os.getpid(), signal.SIGUSR1);
    const handled = threading.Event();
    signal.signal(signal.SIGTERM, () => { print("terminated?"); handled.set(); });
    function send() {
      signal.raise_signal(signal.SIGTERM);
      handled.wait();
      try { signal.signal(signal.SIGTERM, signal.SIG_DFL); } catch (e) { print(repr(e)); }
    }
    const t = threading.Thread({ target: send });
    t.start(); handled.wait(); t.join();
    signal.signal(signal.SIGALRM, () => { throw RuntimeError("time is up"); });
    signal.setitimer(signal.ITIMER_REAL, 0.01);
    try { threading.Event().wait(); } catch (e) { print(repr(e)); }
    signal.signal(signal.SIGINT, signal.SIG_IGN);
    signal.raise_signal(signal.SIGINT);
    print(repr(signal.Signals(2)), signal.SIGINT, signal.strsignal(9));`;
  const [first, second, third, ...rest] = (await printed(source)).split("\n");
  expect([first, second, third]).toEqual(["True True", "SIGUSR1 True None MainThread", "terminated?"]);
  expect(rest).toEqual([
    "ValueError('signal only works in main thread of the main interpreter')",
    "RuntimeError('time is up')",
    "<Signals.SIGINT: 2> 2 Killed",
    "",
  ]);
});

test("without a handler SIGTERM ends the program with 143", async () => {
  const source = `
    import { os, signal } from "pythreads";
    import { print } from "pythreads/builtins";
    os.kill(os.getpid(), signal.SIGTERM);
    print("never");`;
  expect(await printed(source, 143)).toBe("");
});

test("a handler of SIGTERM hears of one that the system sends", async () => {
  const source = `
    import { signal, sys, threading } from "pythreads";
    import { print } from "pythreads/builtins";
    signal.signal(signal.SIGTERM, () => { print("asked to end"); sys.exit(5); });
    print("ready");
    threading.Event().wait();`;
  const child = spawn(process.execPath, [CLI, "run", join(folderOf({ "port.ts": source }), "port.ts")]);
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
    if (output === "ready\n") child.kill("SIGTERM");
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect({ output, code }).toEqual({ output: "ready\nasked to end\n", code: 5 });
});
