// connection.wait for connections over sockets, pipes and the ends of processes, side by side; and what they have in common.
import { multiprocessing as mp, threading } from "pythreads";
import { bytes, in_, isinstance, issubclass, object, print, sorted, str, tuple, type, with_ } from "pythreads/builtins";
import { synchronize } from "pythreads/multiprocessing";
import { _ConnectionBase, Client, Connection, Listener, wait } from "pythreads/multiprocessing/connection";

function raised(f: any) {
  try {
    print(f());
  } catch (e: any) {
    print(type(e).__name__, str(e));
  }
}

function pair() {
  return with_(Listener(tuple(["127.0.0.1", 0]) as never), (listener: any) => {
    const client = Client(listener.address);
    return [client, listener.accept()];
  });
}

function names(ready: any, known: any) {
  return sorted([...known.items()].filter((item: any) => in_(item[1], ready)).map((item: any) => item[0]));
}

function child(gate: any) {
  gate.recv();
}

function main() {
  const [client, server]: any = pair();
  const [a, b]: any = mp.Pipe();
  for (const connection of [client, server, a, b]) {
    print(isinstance(connection, Connection), isinstance(connection, _ConnectionBase), type(connection).__name__);
  }
  print(isinstance(a, synchronize.SemLock), issubclass(Connection, _ConnectionBase));
  for (const lock of [mp.Lock(), mp.RLock(), mp.Semaphore(), mp.BoundedSemaphore()]) {
    print(isinstance(lock, synchronize.SemLock));
  }
  print(isinstance(mp.Event(), synchronize.SemLock), isinstance(mp.Condition(), synchronize.SemLock));

  const [gate, held]: any = mp.Pipe();
  const process = mp.Process({ target: child, args: [held] });
  process.start();
  const everything: any = [client, server, a, b, process.sentinel];
  const known: any = { client: client, server: server, a: a, b: b, process: process.sentinel };
  print(wait(everything, 0), wait([], 0));
  server.send("to the client");
  print(names(wait(everything), known), client.recv());
  client.send_bytes(bytes("to the server"));
  print(names(wait(everything), known), server.recv_bytes());
  b.send("to a");
  server.send(1);
  print(names(wait([a, b]), known), names(wait([client]), known));
  const [onlyA, onlyClient]: any = [{ a: a }, { client: client }];
  print(names(wait(everything), onlyA) || names(wait(everything), onlyClient));
  print(a.recv(), client.recv());

  // Those who wait are woken, whichever of them it is.
  const woken = threading.Semaphore(0);
  const found: any = [];

  function waiter() {
    found.append(names(wait(everything), known));
    woken.release();
  }

  for (const [wake, take] of [
    [() => server.send("late"), () => client.recv()],
    [() => b.send("late"), () => a.recv()],
    [() => gate.send("end"), () => process.join()],
  ]) {
    const t = threading.Thread({ target: waiter });
    t.start();
    wake();
    woken.acquire();
    t.join();
    take();
    print(found.pop());
  }

  everything.remove(process.sentinel);
  everything.remove(server);
  const t = threading.Thread({ target: waiter });
  t.start();
  server.close();
  t.join();
  print(found.pop());
  raised(() => client.recv());
  print((wait([client]) as any)[0] === client);
  raised(() => wait([server]));
  client.close();
  raised(() => wait([client, a]));
  raised(() => wait([object]));
}

if (__name__ === "__main__") main();
