// Ten threads wait on an Event until `true` is typed.
import { threading } from "pythreads";
import { input, print, range } from "pythreads/builtins";
function do_(event: threading.Event) {
  print("start");
  event.wait();
  print("execute");
}
const event_obj = threading.Event();
for (const i of range(10)) {
  const t = threading.Thread({ target: do_, args: [event_obj] });
  t.start();
}
event_obj.clear();
const inp = input("input:");
if (inp === "true") {
  event_obj.set();
}
