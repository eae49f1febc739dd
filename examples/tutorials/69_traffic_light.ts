/// <reference types="pythreads/port" />
// An Event as a traffic light.
import { random, threading, time } from "pythreads";
import { print, range } from "pythreads/builtins";
function light() {
  if (!event.isSet()) {
    event.set(); // the light turns green
  }
  let count = 0;
  for (const rounds of range(41)) {
    if (count < 10) {
      print("\x1b[42;1m=====绿灯=====\x1b[0m");
    } else if (count < 13) {
      print("\x1b[43;1m======黄灯======\x1b[0m");
    } else if (count < 20) {
      if (event.isSet()) {
        event.clear();
      }
      print("\x1b[44;0m=======红灯=====\x1b[0m");
    } else {
      count = 0;
      event.set();
    }
    time.sleep(0.05);
    count += 1;
  }
}
function car(n: number) {
  for (const rounds of range(8)) {
    time.sleep(random.randrange(12) * 0.05);
    if (event.isSet()) { // green
      print(`car ${n} is runing`);
    } else {
      print(`car ${n} is wating for the red light`);
    }
  }
}
if (__name__ === "__main__") {
  var event = threading.Event();
  const Light = threading.Thread({ target: light });
  Light.start();
  for (const i of range(3)) {
    const t = threading.Thread({ target: car, args: [i] });
    t.start();
  }
}
