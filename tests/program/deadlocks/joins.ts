import { threading } from "pythreads";

let one: any = null;
let two: any = null;
const ready = threading.Event();
function first() {
  ready.wait();
  two.join();
}
function second() {
  ready.wait();
  one.join();
}
one = threading.Thread({ target: first, name: "one" });
two = threading.Thread({ target: second, name: "two" });
one.start();
two.start();
ready.set();
