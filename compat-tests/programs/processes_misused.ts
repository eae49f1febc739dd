// What processes and pools say to those who misuse them.
import { multiprocessing as mp } from "pythreads";
import { getattr, list, print, setattr, str, type, with_ } from "pythreads/builtins";
import { Pool, ThreadPool } from "pythreads/multiprocessing/pool";

function attempt(f: any) {
  try {
    print(f());
  } catch (e: any) {
    print(type(e).__name__, str(e));
  }
}

function f(x = 1) {
  return x;
}

function set_attribute(name: string, value: any) {
  setattr(p, name, value);
  return getattr(p, name);
}

const p = mp.Process({ target: f });
attempt(() => p.terminate());
attempt(() => p.kill());
attempt(() => set_attribute("authkey", "x"));
attempt(() => mp.Process({ tarqet: f } as never));
attempt(() => (mp.Process as any)(null, f, null, [], {}, 3));
attempt(() => mp.Process({ target: f, args: 3 as never }));
attempt(() => mp.Process({ target: 3 as never }).run());
attempt(() => mp.current_process().terminate());
print(str(mp.get_context("fork")).split(" at ")[0], str(mp.get_context("spawn")).split(" at ")[0]);

for (const cls of [Pool, ThreadPool] as any[]) {
  attempt(() => cls("a"));
  attempt(() => cls(1.5));
  const told = list<any>([]);
  let pool: any;
  with_(cls(1), (made) => {
    pool = made;
    attempt(() => pool.apply(3));
    attempt(() => pool.apply_async(null).get());
    attempt(() => pool.apply(f, 1));
    attempt(() => pool.apply(f, null));
    attempt(() => pool.apply(f, [1], 3));
    attempt(() => pool.apply(f, "a"));
    attempt(() => pool.apply(str, 3));
    attempt(() => pool.starmap(f, [1, 2]));
    attempt(() => pool.map(3, [1]));
    attempt(() => pool.map(f, [1], "a"));
    attempt(() => pool.map(f, [1], 1.5));
    attempt(() => pool.imap(f, [1], "a"));
    const result = pool.apply_async(f, 3, { error_callback: told.append });
    result.wait();
    attempt(() => result.successful());
  });
  pool.join();
  print(told);
}
