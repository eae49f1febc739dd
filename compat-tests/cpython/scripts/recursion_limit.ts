import { threading } from "pythreads";
import { isinstance, print, RecursionError } from "pythreads/builtins";

function recurse(): number {
  return recurse() + 1;
}
function outer() {
  try {
    recurse();
  } catch (e) {
    if (!isinstance(e, RecursionError)) throw e;
  }
}
const w = threading.Thread({ target: outer });
w.start();
w.join();
print("end of main thread");
