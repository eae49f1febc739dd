// A manager's initializer runs in the manager's process, which takes a number as all processes do.
import { multiprocessing as mp } from "pythreads";
import { print, type, ValueError, with_ } from "pythreads/builtins";
import { SharedMemoryManager, SyncManager } from "pythreads/multiprocessing/managers";

const seen: any = [0];

function init(x: any) {
  seen[0] = x;
  print("init", mp.current_process().name, mp.parent_process()!.name);
}

function bad() {
  throw ValueError("bad");
}

function main() {
  with_(mp.Manager(), () => {
    print(mp.Process().name);
  });
  with_(SharedMemoryManager(), () => {
    print(mp.Process().name);
  });
  const m = SyncManager();
  m.start(init, [5]);
  print(seen, m.list([1]));
  m.shutdown();
  for (const initializer of [bad, 3] as any[]) {
    try {
      SyncManager().start(initializer);
    } catch (e: any) {
      print(type(e).__name__, e);
    }
  }
  print(mp.Process().name);
}

if (__name__ === "__main__") main();
