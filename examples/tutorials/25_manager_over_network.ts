// added: document A, processes, section 1 (2), in words: one manager shared through the network
import { queue } from "pythreads";
import { Process } from "pythreads/multiprocessing";
import { BaseManager } from "pythreads/multiprocessing/managers";
import { bytes, print, tuple } from "pythreads/builtins";
class QueueManager extends BaseManager {}
const shared = queue.Queue();
function client(address) {
  class Client extends BaseManager {}
  Client.register("get_queue");
  const m = new Client({ address: address, authkey: bytes("secret") });
  m.connect();
  m.get_queue().put("hello over the network");
}
if (__name__ === "__main__") {
  QueueManager.register("get_queue", { callable: () => shared });
  const m = new QueueManager({ address: tuple(["127.0.0.1", 0]), authkey: bytes("secret") });
  m.start();
  const p = Process({ target: client, args: tuple([m.address]) });
  p.start();
  p.join();
  print(m.get_queue().get({ timeout: 5 }));
  m.shutdown();
}
