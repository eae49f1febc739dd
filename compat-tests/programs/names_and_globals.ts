// Who a thread is, and what threads change together: names, current_thread, globals under a lock.
import { threading } from "pythreads";
import { print, range, repr, with_ } from "pythreads/builtins";

const lock = threading.Lock();
let total = 0;
let share = 1.5;
let last: string | null = null;
let me: threading.Thread | null = null;

function work(times: number) {
  for (const i of range(times)) {
    with_(lock, () => {
      total += 1;
    });
  }
  with_(lock, () => {
    share /= 2;
    last = "done";
  });
}

function who() {
  me = threading.current_thread();
  print("in", me.name, me === threading.main_thread(), me.is_alive(), me.daemon, me.ident === threading.get_ident());
  me.name = "renamed by itself";
}

class Named extends threading.Thread {
  declare mark: string;
  constructor(mark: string) {
    super({ name: "named " + mark });
    this.mark = mark;
  }

  run() {
    print("in", this.name, this.mark, threading.current_thread() === this);
  }
}

print("main", threading.current_thread().name, threading.current_thread() === threading.main_thread());
const a = threading.Thread({ target: who });
const b = threading.Thread({ target: work, args: [1], name: "b", daemon: true });
const c = threading.Thread();
print(a.name, "|", b.name, b.daemon, "|", c.name, repr(c));
a.start();
a.join();
print("after", a.name, a === me, a.is_alive(), threading.active_count());
const n = new Named("by its class");
n.start();
n.join();

print("before", total, share, last);
const workers = [...range(4)].map((i) => threading.Thread({ target: work, args: [500] }));
for (const t of workers) {
  t.start();
}
for (const t of workers) {
  t.join();
}
print("after", total, share, last, [...threading.enumerate()].map((t) => t.name));
