import { threading } from "pythreads";
import { with_ } from "pythreads/builtins";

const a = threading.Lock();
const b = threading.Lock();
const met = threading.Barrier(2);
function first() {
  with_(a, () => {
    met.wait();
    b.acquire();
  });
}
function second() {
  with_(b, () => {
    met.wait();
    a.acquire();
  });
}
const one = threading.Thread({ target: first });
const two = threading.Thread({ target: second });
one.start();
two.start();
one.join();
