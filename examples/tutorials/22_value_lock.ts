// added: document A, processes, section 1 (1), in words: "these shared objects are process-safe": the lock of a Value
import { Process, Value } from "pythreads/multiprocessing";
import { hasattr, print, range, with_ } from "pythreads/builtins";
function add(v) {
  for (const n of range(200)) {
    with_(v.get_lock(), () => {
      v.value += 1;
    });
  }
}
if (__name__ === "__main__") {
  const v = Value("i", 0);
  const ps = [...range(4)].map((n) => Process({ target: add, args: [v] }));
  for (const p of ps) {
    p.start();
  }
  for (const p of ps) {
    p.join();
  }
  print(v.value);
  print("no lock of its own:", hasattr(Value("i", 0, { lock: false }), "get_lock"));
}
