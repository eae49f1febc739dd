// An HTTP server that computes on threads: `node examples/server.mjs`, then `curl localhost:8000/30`.
// Node's own thread awaits queues and answers; the threads block on theirs and compute.
import { createServer } from "node:http";
import { targets, threading } from "pythreads";
import { Queue } from "pythreads/queue";

function fibonacci(n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

function worker(jobs) {
  while (true) {
    const [n, reply] = jobs.get();
    reply.put(fibonacci(n));
  }
}

targets(import.meta.url, { worker });

const jobs = Queue(100);
for (let i = 0; i < 2; i++) threading.Thread({ target: worker, args: [jobs], daemon: true }).start();

const server = createServer(async (request, response) => {
  const left = new AbortController();
  response.on("close", () => left.abort());
  const n = Number(request.url?.slice(1));
  if (!(n >= 0 && n <= 40)) return response.writeHead(400).end("a number from 0 to 40, please\n");
  try {
    const reply = Queue(1);
    await jobs.aio.put([n, reply], { signal: left.signal }); // waits when a hundred jobs do
    response.end(`${await reply.aio.get({ signal: left.signal })}\n`);
  } catch (error) {
    if (!left.signal.aborted) throw error;
  }
});
server.listen(Number(process.env.PORT ?? 8000), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
