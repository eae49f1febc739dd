// What multiprocessing's locks, queues and pipes say and print, in one process.
import { multiprocessing as mp, queue, threading } from "pythreads";
import { bytearray, bytes, memoryview, print, slice, str, type } from "pythreads/builtins";

function attempt(f: any) {
  try {
    print(f());
  } catch (e: any) {
    print(type(e).__name__, str(e));
  }
}

const lock = mp.Lock(), rlock = mp.RLock(), sem = mp.Semaphore(2), bounded = mp.BoundedSemaphore(2);
print(lock, rlock, sem, bounded, mp.Condition(), mp.Condition(mp.Lock()));
attempt(() => lock.release());
attempt(() => rlock.release());
attempt(() => bounded.release());
attempt(() => mp.Semaphore(-1));
attempt(() => mp.Semaphore("a" as never));
attempt(() => mp.Condition().wait());
attempt(() => mp.Condition().notify());
attempt(() => mp.Condition().wait_for(() => 7));
attempt(() => (mp.Lock as any)(3));
attempt(() => (mp.Barrier as any)());
attempt(() => (mp.Semaphore as any)(1, 2));
attempt(() => lock.acquire({ timeout: -5 }));
attempt(() => lock.acquire(false, 3));
attempt(() => rlock.acquire() && rlock.acquire());
print(lock, rlock, sem.get_value());

function other() {
  print(lock, rlock, rlock.acquire(false));
  attempt(() => rlock.release());
  lock.release();
}

const t = threading.Thread({ target: other });
t.start();
t.join();
print(lock);

let q = mp.Queue();
attempt(() => (mp.Queue as any)(1, 2));
attempt(() => q.get(false));
attempt(() => q.get({ timeout: -1 }));
attempt(() => (q as any).put());
q.close();
q.join_thread();
attempt(() => q.empty());
q = mp.Queue(2);
q.put(1);
q.put(2);
attempt(() => q.put(3, false));
attempt(() => q.put(3, { timeout: 0.01 }));
print(q.full(), q.qsize());
const j = mp.JoinableQueue();
attempt(() => j.task_done());
const s = mp.SimpleQueue();
s.put("x");
print(s.empty(), s.get(), s.empty());
s.close();
attempt(() => s.put(1));
attempt(() => s.get());
attempt(() => s.empty());

const [a, b] = mp.Pipe();
attempt(() => a.poll());
attempt(() => a.poll(0.01));
a.send({ n: [1, 2] });
attempt(() => b.recv());
attempt(() => a.send_bytes("a"));
attempt(() => a.send_bytes(bytes("abc"), 4));
attempt(() => a.send_bytes(bytes("abc"), -1));
attempt(() => a.send_bytes(bytes("abc"), 1, -1));
attempt(() => a.send_bytes(bytes("abc"), 1, 5));
attempt(() => a.send_bytes(bytes("abc"), 3));
attempt(() => b.recv_bytes());
attempt(() => b.recv_bytes(-1));
attempt(() => (b as any).recv(1));
attempt(() => b.recv_bytes("a" as never));
attempt(() => a.send_bytes(bytes("abc"), "a" as never));
attempt(() => a.send_bytes(bytes("abc"), 1, "a" as never));
attempt(() => b.recv_bytes_into(bytearray(3), "a" as never));
a.send_bytes(memoryview(bytes("abcdef")).__getitem__(slice(1, 4)), 1);
print(b.recv_bytes());
attempt(() => mp.Queue(1.5));
a.send_bytes(bytes("hello"));
const buf = bytearray(8);
attempt(() => b.recv_bytes_into(buf));
print(buf);
a.send_bytes(bytes("xy"));
attempt(() => b.recv_bytes_into(buf, 7));
attempt(() => b.recv_bytes_into(buf, -1));
attempt(() => b.recv_bytes_into(buf, 9));
a.close();
attempt(() => b.recv());
attempt(() => b.poll());
attempt(() => b.send(1));
attempt(() => a.send(1));
attempt(() => a.recv());
print(a.closed, b.closed);
let [r, w] = mp.Pipe(false);
attempt(() => r.send(1));
attempt(() => w.recv());
attempt(() => w.poll());
print(r.readable, r.writable, w.readable, w.writable);
w.send_bytes(bytes("hello"));
attempt(() => r.recv_bytes(2));
attempt(() => r.recv_bytes());
[r, w] = mp.Pipe(false);
r.close();
attempt(() => w.send(1));
attempt(() => (w as any).send());
attempt(() => w.send(threading.Lock()));
attempt(() => w.send(queue.SimpleQueue()));
attempt(() => w.send(mp.Lock()));
attempt(() => w.send(mp.Queue()));
attempt(() => w.send((function* () {})()));
attempt(() => mp.connection.wait([], 0.01));
attempt(() => mp.connection.wait([3.5], 0.01));
