// What a hundred threads cost that live at once, the first of the program: seconds, and MiB of memory.
import { threading, time } from "pythreads";
import { float, open, print, range, with_ } from "pythreads/builtins";

const gate = threading.Event();

/** MiB of memory that the process has now; 0 where the system does not tell. */
function resident(): number {
  try {
    return with_(open("/proc/self/status"), (f) => {
      for (const line of f) {
        if (line.startsWith("VmRSS:")) return float(line.split(/\s+/)[1]) / 1024;
      }
      return 0;
    });
  } catch {
    return 0;
  }
}

if (__name__ === "__main__") {
  const before = resident();
  const begin = time.perf_counter();
  const ts = [...range(100)].map(() => threading.Thread({ target: gate.wait }));
  for (const t of ts) t.start();
  print("hundred_threads_s", time.perf_counter() - begin);
  print("hundred_threads_mib", resident() - before);
  gate.set();
  for (const t of ts) t.join();
}
