// An RLock taken twice by one thread. It prints nothing: reaching the end is the proof.
import { threading } from "pythreads";
const rLock = threading.RLock(); // an RLock object
rLock.acquire();
rLock.acquire(); // the same thread does not block
rLock.release();
rLock.release();
