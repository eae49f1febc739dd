// Memoryviews that are released, one by one, by `with`, and with a shared memory that is closed.
import { bytearray, bytes, len, memoryview, print, slice, str, type, with_ } from "pythreads/builtins";
import { Pipe, Process } from "pythreads/multiprocessing";
import { SharedMemory } from "pythreads/multiprocessing/shared_memory";

function attempt(name: string, f: any) {
  try {
    print(name, f());
  } catch (e: any) {
    print(name, type(e).__name__, e);
  }
}

function child(name: string) {
  const block = SharedMemory(name);
  let head: any;
  with_(block.buf.__getitem__(slice(null, 4)), (view: any) => {
    head = view;
    head[0] = 7;
    head.__setitem__(slice(1, 4), bytes("xyz"));
  });
  attempt("child", () => len(head));
  block.close();
}

function main() {
  const data = bytearray(bytes("abcd"));
  const m: any = memoryview(data);
  let tail: any;
  with_(m, () => {
    m[0] = 65;
    tail = m.__getitem__(slice(2, null));
    print(len(m), bytes(m), bytes(tail));
  });
  attempt("len", () => len(m));
  attempt("item", () => m[0]);
  attempt("set", () => m.__setitem__(0, 66));
  attempt("bytes", () => bytes(m));
  attempt("again", () => m.release());
  attempt("with", () => m.__enter__());
  attempt("tail", () => bytes(tail));
  print(data, str(m).split(" at ")[0]);

  const [a, b] = Pipe();
  attempt("send_bytes", () => a.send_bytes(m));
  b.send_bytes(bytes("efgh"));
  attempt("recv_bytes_into", () => a.recv_bytes_into(m));
  attempt("send", () => a.send(m));

  const block = SharedMemory({ create: true, size: 16 });
  const p = Process({ target: child, args: [block.name] });
  p.start();
  p.join();
  const buf = block.buf;
  print(p.exitcode, buf === block.buf, bytes(buf.__getitem__(slice(null, 5))));
  block.close();
  attempt("buf", () => buf.tobytes());
  attempt("len", () => len(buf));
  print(block.buf, block.size);
  block.close();
  block.unlink();
}

if (__name__ === "__main__") main();
