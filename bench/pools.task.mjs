// What bench/pools.mjs asks of its workers.
export default (x) => x;
