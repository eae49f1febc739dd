// What a manager's server counts: each process has references of its own, and gives them back when it ends.
import { multiprocessing as mp } from "pythreads";
import { bytes, int, in_, len, list, object, print, range, sorted, tuple } from "pythreads/builtins";
import { BaseManager, SyncManager } from "pythreads/multiprocessing/managers";

class Foo extends object {
  f() {
    return "f";
  }

  child() {
    return new Foo();
  }
}

class MyManager extends BaseManager {}

MyManager.register("Foo", Foo, { method_to_typeid: { child: "Child" } });
MyManager.register("Child");

function counts(manager: any) {
  const lines = manager._debug_info().split("\n").filter((line: string) => in_("refcount=", line));
  return tuple([manager._number_of_objects(), sorted(lines.map((line: string) => int(line.split("refcount=")[1]!)))]);
}

function connects(address: any) {
  const manager: any = new MyManager(address, bytes("key"));
  manager.connect();
  const proxies: any = list([...range(3)].map(() => manager.Foo()));
  print("in the child", counts(manager), proxies.map((proxy: any) => proxy.f()));
}

function inherits(proxy: any, gate: any) {
  gate.send("here");
  gate.recv();
  print(proxy.f());
}

function receives(q: any, gate: any) {
  const proxy = q.get();
  gate.send("here");
  gate.recv();
  print(proxy.f());
}

function makes(address: any, q: any, gate: any) {
  const manager: any = SyncManager(address, bytes("key"));
  manager.connect();
  const table = manager.dict({ a: 1 });
  q.put(table);
  gate.recv();
  print("in the child", len(table));
}

function main() {
  mp.current_process().authkey = bytes("key");
  const manager: any = new MyManager({ authkey: bytes("key") });
  manager.start();
  print(counts(manager));
  const foo = manager.Foo();
  const child = foo.child();
  print(counts(manager));

  let process: any = mp.Process({ target: connects, args: [manager.address] });
  process.start();
  process.join();
  print("it has ended", counts(manager));

  const [here, there]: any = mp.Pipe();
  for (const [method, target] of [["fork", inherits], ["spawn", inherits], ["spawn", receives]] as any) {
    const ctx = mp.get_context(method);
    const q = ctx.SimpleQueue();
    process = ctx.Process({ target: target, args: [target === receives ? q : foo, there] });
    process.start();
    if (target === receives) {
      q.put(foo);
    }
    here.recv();
    if (target === inherits && method === "fork") {
      print(method, counts(manager));
    }
    if (target === receives) {
      print("received", counts(manager));
    }
    here.send("go on");
    process.join();
    print("it has ended", process.exitcode, counts(manager));
  }
  print(foo.f(), child.f());
  manager.shutdown();

  // What a process has made lives on with another that has it.
  const server: any = SyncManager(tuple(["127.0.0.1", 0]) as never, bytes("key"));
  server.start();
  const q = mp.SimpleQueue();
  process = mp.Process({ target: makes, args: [server.address, q, there] });
  process.start();
  const table = q.get();
  here.send("go on");
  process.join();
  table["b"] = 2;
  print(table, counts(server));
  server.shutdown();
}

if (__name__ === "__main__") main();
