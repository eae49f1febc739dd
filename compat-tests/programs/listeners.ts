// Listeners and clients: addresses, families, keys, what is refused, and waiting for connections of all kinds.
import { os, threading, time } from "pythreads";
import { bytes, isinstance, len, list, print, repr, str, tuple, type, with_ } from "pythreads/builtins";
import { Pipe, Process } from "pythreads/multiprocessing";
import * as connection from "pythreads/multiprocessing/connection";

const { Client, Connection, Listener, wait }: any = connection;

function attempt(name: string, f: any) {
  try {
    print(name, repr(f()).replace(/0x[0-9a-f]+/g, "0x").replace(/\b\d{4,5}\b/g, "N"));
  } catch (e: any) {
    print(name, type(e).__name__, e);
  }
}

function served(listener: any, ends: any) {
  try {
    ends.append(listener.accept().recv());
  } catch (e: any) {
    ends.append(tuple([type(e).__name__, str(e)]));
  }
}

function meet(ours: any, theirs: any) {
  const ends: any = list();
  with_(Listener(tuple(["127.0.0.1", 0]), { authkey: ours }), (listener: any) => {
    const t = threading.Thread({ target: served, args: [listener, ends] });
    t.start();
    attempt("client", () => Client(listener.address, { authkey: theirs }).send(5));
    t.join();
  });
  print("server", ends[0]);
}

function main() {
  const l = Listener(tuple(["127.0.0.1", 0]));
  attempt("address", () => l.address);
  attempt("last accepted", () => l.last_accepted);
  const t = threading.Thread({ target: () => l.accept().close() });
  t.start();
  const c = Client(l.address);
  t.join();
  attempt("last accepted", () => l.last_accepted);
  attempt("client", () => c);
  attempt("client", () => tuple([type(c).__name__, isinstance(c, Connection), c.readable, c.writable, c.closed]));
  attempt("end", () => c.recv());
  c.close();
  attempt("closed", () => c.closed);
  attempt("send", () => c.send(1));
  attempt("poll", () => c.poll());
  attempt("fileno", () => c.fileno());
  l.close();
  l.close();
  attempt("accept", () => l.accept());
  attempt("address", () => l.address);
  attempt("last accepted", () => l.last_accepted);
  attempt("refused", () => Client(tuple(["127.0.0.1", 1])));
  attempt("missing", () => Client("/tmp/no/such"));
  attempt("family", () => Client(tuple(["127.0.0.1", 1]), { family: "AF_FOO" }));
  attempt("family", () => Listener({ family: "AF_FOO" }));
  attempt("pipe", () => Listener({ family: "AF_PIPE" }));
  attempt("pipe", () => Client(tuple(["127.0.0.1", 1]), { family: "AF_PIPE" }));
  attempt("number", () => Listener(5));
  attempt("key", () => Listener({ authkey: "abc" }));
  attempt("key", () => Client(tuple(["127.0.0.1", 1]), { authkey: "abc" }));
  let path: any;
  with_(Listener({ family: "AF_UNIX" }), (u: any) => {
    path = u.address;
    attempt("path", () => tuple([type(path).__name__, os.path.exists(path)]));
  });
  attempt("path", () => os.path.exists(path));
  with_(Listener({ family: "AF_INET" }), (u: any) => {
    attempt("inet", () => u.address);
    attempt("in use", () => Listener(u.address));
  });
  with_(Listener(), (u: any) => {
    attempt("default", () => type(u.address).__name__);
  });
  meet(bytes("k"), bytes("k"));
  meet(bytes("k"), bytes("wrong"));
  const [a, b]: any[] = Pipe();
  with_(Listener(tuple(["127.0.0.1", 0])), (l: any) => {
    const ends: any = list();
    const t = threading.Thread({ target: () => ends.append(l.accept()) });
    t.start();
    const c = Client(l.address);
    t.join();
    const s = ends[0];
    const p: any = Process({ target: time.sleep, args: [1000] });
    p.start();
    attempt("nothing", () => wait([b, s, p.sentinel], 0.01));
    c.send("x");
    attempt("socket", () => list([...wait([b, s, p.sentinel])].map((r: any) => r === s)));
    a.send("y");
    attempt("both", () => len(wait([b, s, p.sentinel])));
    attempt("received", () => tuple([b.recv(), s.recv()]));
    p.kill();
    attempt("process", () => list([...wait([b, s, p.sentinel])].map((r: any) => r === p.sentinel)));
    c.close();
    attempt("end", () => list([...wait([b, s])].map((r: any) => r === s)));
    attempt("end", () => s.recv());
    attempt("none", () => wait([], 0.01));
    attempt("float", () => wait([5.5], 0));
    attempt("text", () => wait(["x"], 0));
    p.join();
  });
}

if (__name__ === "__main__") main();
