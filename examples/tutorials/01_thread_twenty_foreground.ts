// Twenty foreground threads: each outlives the main thread's last line.
import { threading, time } from "pythreads";
import { print, range, str } from "pythreads/builtins";
function show(arg: number) {
  time.sleep(0.1);
  print("thread" + str(arg));
}
for (const i of range(20)) {
  const t = threading.Thread({ target: show, args: [i] });
  t.start();
}
print("main thread stop");
