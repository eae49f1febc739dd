// Two consumers wait on a Condition; one producer notifies them all.
import { threading, time } from "pythreads";
import { print, with_ } from "pythreads/builtins";
function consumer(cond: threading.Condition) {
  with_(cond, () => {
    print("consumer before wait");
    cond.wait();
    print("consumer after wait");
  });
}
function producer(cond: threading.Condition) {
  with_(cond, () => {
    print("producer before notifyAll");
    cond.notifyAll();
    print("producer after notifyAll");
  });
}
const condition = threading.Condition();
const c1 = threading.Thread({ name: "c1", target: consumer, args: [condition] });
const c2 = threading.Thread({ name: "c2", target: consumer, args: [condition] });
const p = threading.Thread({ name: "p", target: producer, args: [condition] });
c1.start();
time.sleep(2);
c2.start();
time.sleep(2);
p.start();
