import { threading } from "pythreads";
import { print } from "pythreads/builtins";

function run_last() {
  print("parrot");
}
threading._register_atexit(run_last);
