// threading stands on the low-level module _thread.
import { _thread, time } from "pythreads";
import { print, range } from "pythreads/builtins";
const done = _thread.allocate_lock();
done.acquire();
function work(name: string, count = 1) {
  for (const n of range(count)) {
    print(name, n);
    time.sleep(0.01);
  }
  done.release();
}
_thread.start_new_thread(work, ["low level"], { count: 3 });
done.acquire();
print("locked", done.locked());
function quits() {
  try {
    _thread.exit();
  } finally {
    done.release();
  }
}
_thread.start_new_thread(quits, []);
done.acquire();
print("end");
