// An alarm rings in the process that has set it, and in no other.
import { multiprocessing as mp, signal, threading, time } from "pythreads";
import { print, range, repr } from "pythreads/builtins";

function never(_signum: number, _frame: any) {
  print("the wrong process");
}

function handled(_ready: any, method: string) {
  const rung = threading.Event();
  signal.signal(signal.SIGALRM, (_signum: number, _frame: any) => rung.set());
  print(method, timer());
  signal.setitimer(signal.ITIMER_REAL, 0.01);
  rung.wait();
  print(method, "rung", timer());
  rung.clear();
  signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01);
  for (const _ of range(3)) {
    rung.wait();
    rung.clear();
  }
  print(method, "rung again", signal.setitimer(signal.ITIMER_REAL, 0)[1]);
  signal.alarm(1000);
}

// Here an integral float prints without ".0".
function timer() {
  return repr(signal.getitimer(signal.ITIMER_REAL)).replaceAll("0,", "0.0,").replaceAll("0)", "0.0)");
}

function waits() {
  signal.signal(signal.SIGALRM, signal.SIG_DFL);
  signal.setitimer(signal.ITIMER_REAL, 0.01);
  time.sleep(1000);
}

function computes() {
  signal.signal(signal.SIGALRM, signal.SIG_DFL);
  signal.setitimer(signal.ITIMER_REAL, 0.01);
  while (true) {}
}

function main() {
  signal.signal(signal.SIGALRM, never);
  signal.alarm(1000);
  for (const method of ["fork", "spawn"] as const) {
    const ctx = mp.get_context(method);
    let process = ctx.Process({ target: handled, args: [null, method] });
    process.start();
    process.join();
    print(process.exitcode);
    for (const target of [waits, computes]) {
      process = ctx.Process({ target: target });
      process.start();
      process.join();
      print(process.exitcode);
    }
  }
  print(signal.alarm(0) > 900);
}

if (__name__ === "__main__") main();
