// The flag of an Event: set, clear, wait, isSet.
import { threading, time } from "pythreads";
import { print } from "pythreads/builtins";
const event = threading.Event();
print("isSet", event.isSet(), event.is_set());
print("wait with a timeout on a False flag", event.wait(0.05));
event.set();
print("isSet", event.isSet());
print("wait on a True flag", event.wait());
event.clear();
print("isSet", event.isSet());
function waiter() {
  print("waiter got", event.wait(5));
}
const t = threading.Thread({ target: waiter });
t.start();
time.sleep(0.1);
print("set by the main thread");
event.set();
t.join();
