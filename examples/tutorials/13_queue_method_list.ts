// The calls of Queue, one after another.
import { print } from "pythreads/builtins";
import * as queue from "pythreads/queue";
const item = "item";
const q = queue.Queue({ maxsize: 0 }); // first in, first out; maxsize bounds its length, 0 means no bound
q.join(); // waits until every item has been dealt with
print(q.qsize()); // how many items (may be out of date at once)
print(q.empty()); // True when there is none (may be out of date at once)
print(q.full()); // True when maxsize is reached (may be out of date at once)
q.put(item, { block: true, timeout: null }); // adds at the end; with block it waits for room,
// without it raises queue.Full at once when there is none; timeout is how long to wait
// before queue.Full is raised

print(q.get({ block: true, timeout: null })); // removes and returns the first item; with block it waits for one,
// without it raises queue.Empty at once when there is none;

// timeout is how long to wait before queue.Empty is raised

q.put_nowait(item); // the same as put(item, { block: false })
print(q.get_nowait()); // the same as get({ block: false })
