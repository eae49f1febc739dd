// added: document B, contents list: "communication between processes", "multiprocess examples"; the page has no code for
// queues and pipes between processes
import { os, queue } from "pythreads";
import { JoinableQueue, Pipe, Process, Queue, SimpleQueue, cpu_count, current_process } from "pythreads/multiprocessing";
import { EOFError, isinstance, print, range, tuple } from "pythreads/builtins";
function put(q) {
  for (const n of range(3)) {
    q.put({ n: n, from: current_process().name });
  }
}
function echo(conn) {
  while (true) {
    const message = conn.recv();
    if (message === null) {
      conn.close();
      break;
    }
    conn.send(tuple(["echo", message]));
  }
}
function work(jobs, results) {
  let n;
  while ((n = jobs.get()) !== null) {
    results.put(n * n);
    jobs.task_done();
  }
  jobs.task_done();
}
if (__name__ === "__main__") {
  const q = Queue();
  let p = Process({ target: put, args: [q], name: "putter" });
  p.start();
  print("Queue", [...range(3)].map((n) => q.get({ timeout: 10 })));
  p.join();
  try {
    q.get({ timeout: 0.05 });
  } catch (e) {
    if (isinstance(e, queue.Empty)) print("Queue Empty");
    else throw e;
  }
  const [here, there] = Pipe();
  p = Process({ target: echo, args: [there] });
  p.start();
  there.close();
  for (const message of ["text", [1, 2], null]) {
    here.send(message);
    if (message !== null) {
      print("Pipe", here.recv(), here.poll(0.01));
    }
  }
  try {
    here.recv();
  } catch (e) {
    if (isinstance(e, EOFError)) print("Pipe EOFError");
    else throw e;
  }
  p.join();
  const jobs = JoinableQueue(), results = SimpleQueue();
  p = Process({ target: work, args: [jobs, results] });
  p.start();
  for (const n of range(4)) {
    jobs.put(n);
  }
  jobs.put(null);
  jobs.join();
  p.join();
  print("JoinableQueue", [...range(4)].map((n) => results.get()), results.empty());
  print("as many processes as cores", cpu_count() === os.cpu_count());
}
