import { threading } from "pythreads";
import { print } from "pythreads/builtins";

let calls = 0;
function mock() {
  calls += 1;
}
threading._register_atexit(mock);
print(calls);
threading._shutdown();
print(calls);
threading._shutdown();
print(calls);
