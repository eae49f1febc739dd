// The methods of Thread, one after another.
import { threading, time } from "pythreads";
import { hasattr, int, isinstance, print, RuntimeError } from "pythreads/builtins";
function work() {
  time.sleep(0.2);
}
const t = threading.Thread({ target: work, name: "first" });
print("getName", t.getName());
t.setName("second");
print("name", t.name);
t.name = "third";
print("getName", t.getName());
print("alive before start", t.is_alive());
print("ident before start", t.ident);
print("isDaemon", t.isDaemon());
t.setDaemon(true);
print("isDaemon", t.isDaemon(), t.daemon);
t.start();
print("alive after start", t.is_alive());
print("ident is a nonzero integer", isinstance(t.ident, int) && t.ident !== 0);
try {
  t.setDaemon(false); // too late: it must come before start()
} catch (e) {
  if (isinstance(e, RuntimeError)) print("RuntimeError", e);
  else throw e;
}
try {
  t.start();
} catch (e) {
  if (isinstance(e, RuntimeError)) print("RuntimeError", e);
  else throw e;
}
t.join({ timeout: 0.01 });
print("alive after a join that timed out", t.is_alive());
t.join();
print("alive after join", t.is_alive());
print("has isAlive", hasattr(t, "isAlive")); // Python 3.9 removed it
class Mine extends threading.Thread {
  run() {
    print("run in", this.name);
  }
}
const m = new Mine({ name: "mine" });
m.run(); // a plain call: runs in the calling thread
m.start(); // runs the same method in the new thread
m.join();
const u = threading.Thread({ target: () => null });
try {
  u.join();
} catch (e) {
  if (isinstance(e, RuntimeError)) print("RuntimeError", e);
  else throw e;
}
try {
  threading.current_thread().join();
} catch (e) {
  if (isinstance(e, RuntimeError)) print("RuntimeError", e);
  else throw e;
}
