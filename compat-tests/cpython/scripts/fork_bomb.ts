import { multiprocessing, sys } from "pythreads";
import { print } from "pythreads/builtins";

function foo() {
  print("123");
}

// It is not said that only the first process is to do this.
multiprocessing.set_start_method("spawn", { force: true });
const p = multiprocessing.Process({ target: foo });
p.start();
p.join();
sys.exit(p.exitcode);
