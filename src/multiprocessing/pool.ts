// Python's multiprocessing.pool module.

export { TimeoutError } from "./errors";
export { MaybeEncodingError, RemoteTraceback, TimeLimitExceeded, WorkerLostError } from "./pool/errors";
export { IMapIterator, IMapUnorderedIterator } from "./pool/iterators";
export { Pool } from "./pool/processes";
export { ApplyResult, AsyncResult, MapResult } from "./pool/results";
export { ThreadPool } from "./pool/threads";
