// A bounded queue: put waits for room, and gives up with Full when its time is over.
import { threading, time } from "pythreads";
import { isinstance, print, range, repr, ValueError } from "pythreads/builtins";
import * as queue from "pythreads/queue";

const q = queue.Queue(2);

function attempt(label: string, put: () => void, least = 0) {
  const begin = time.monotonic();
  try {
    put();
    print(label, "put");
  } catch (e) {
    if (isinstance(e, queue.Full)) print(label, repr(e), "waited", time.monotonic() - begin >= least);
    else if (isinstance(e, ValueError)) print(label, repr(e));
    else throw e;
  }
}

attempt("first", () => q.put("a"));
attempt("second", () => q.put("b", { timeout: 0.1 }));
attempt("third, with a timeout", () => q.put("c", { timeout: 0.1 }), 0.1);
attempt("third, by position", () => q.put("c", true, 0.1), 0.1);
attempt("third, without blocking", () => q.put("c", { block: false }));
attempt("third, no wait", () => q.put_nowait("c"));
attempt("a negative timeout", () => q.put("c", { timeout: -1 }));
print(q.qsize(), q.full(), q.maxsize);

function put_late(item: string, timeout: number) {
  q.put(item, { timeout });
}
const late = threading.Thread({ target: put_late, args: ["late"], kwargs: { timeout: 10 } });
late.start();
print("a get makes room", q.get());
late.join();
print(q.qsize(), q.get(), q.get(), q.empty());

for (const put of range(3)) {
  q.task_done();
}
q.join();
print("all done");
