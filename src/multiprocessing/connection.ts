// Python's multiprocessing.connection module.
export { _ConnectionBase } from "./connection/base";
export { Connection, Pipe } from "./connection/connection";
export { wait } from "./connection/wait_objects";
export { answer_challenge, deliver_challenge } from "./network/challenge";
export { type Address, address_type, Client, Listener } from "./network/listener";
