import { random, sys, threading, time } from "pythreads";
import { list } from "pythreads/builtins";

const ran: any = list();
function random_io() {
  ran.append(threading.current_thread());
  while (true) {
    sys.stderr.write("");
    time.sleep(random.random() / 1995);
  }
}
for (let i = 0; i < 12; i++) threading.Thread({ target: random_io, daemon: true }).start();
while (ran.length < 12) time.sleep(0.001);
sys.exit(0);
