// Python's multiprocessing.connection module.
export { answer_challenge, deliver_challenge } from "./network/challenge";
export { NetworkConnection as Connection } from "./network/connection";
export { type Address, address_type, Client, Listener } from "./network/listener";
