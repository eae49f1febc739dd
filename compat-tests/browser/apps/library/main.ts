import { ready, threading } from "pythreads";
import { Queue } from "pythreads/queue";
import { count } from "./count";

const output = document.getElementById("output")!;
await ready();

const texts = Queue<string | null>();
const counts = Queue<number>();
const threads = [1, 2].map(() => threading.Thread({ target: count, args: [texts, counts] }));
for (const t of threads) t.start();
for (const text of ["to be or not to be", "that is the question"]) texts.put(text);
let words = 0;
for (let i = 0; i < 2; i++) words += await counts.aio.get();
for (const _ of threads) texts.put(null);
for (const t of threads) await t.aio.join();
output.append(`${words} words\n(threads alive: ${threading.active_count()})\n`);
