// Python's modules under their names: what a port imports as "pythreads".
export * as queue from "./queue";
export * as random from "./random";
export { sys } from "./sys";
export * as threading from "./threading";
export * as time from "./time";
