import { threading } from "pythreads";

function func() {}
function run_last() {
  threading._register_atexit(func);
}
threading._register_atexit(run_last);
