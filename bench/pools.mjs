// JavaScript's worker pools at what bench/programs/processes.ts does with Pool: a call with its result, one after the other in two
// workers, and the time from nothing to the first result. Run by bench/run.mjs, which installs them beside the build.
//
// Lines as the programs print them: `tinypool_apply 17000`, `tinypool_first_result_ms 80`. Arguments: folder, pool, scale.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , folder, name, scale] = process.argv;
const n = Math.max(1, Math.floor(10000 * Number(scale)));
const task = new URL("./pools.task.mjs", import.meta.url);
const found = createRequire(join(folder, "package.json")).resolve(name);
const module = await import(pathToFileURL(found).href);

/** How each is made, asked and ended. */
const POOLS = {
  tinypool() {
    const pool = new module.Tinypool({ filename: task.href, minThreads: 2, maxThreads: 2 });
    return [(x) => pool.run(x), () => pool.destroy()];
  },
  piscina() {
    const Piscina = module.Piscina ?? module.default;
    const pool = new Piscina({ filename: task.href, minThreads: 2, maxThreads: 2 });
    return [(x) => pool.run(x), () => pool.destroy()];
  },
  workerpool() {
    const { pool: create } = module.default ?? module;
    const pool = create({ maxWorkers: 2, minWorkers: 2, workerType: "thread" });
    return [(x) => pool.exec(nothing, [x]), () => pool.terminate()];
  },
};

function nothing(x) {
  return x;
}

const begin = performance.now();
const [ask, end] = POOLS[name]();
await ask(1);
console.log(`${name}_first_result_ms ${performance.now() - begin}`);
let most = 0;
for (let round = 0; round < 3; round++) {
  const start = performance.now();
  for (let i = 0; i < n; i++) await ask(i);
  most = Math.max(most, (n / (performance.now() - start)) * 1000);
}
console.log(`${name}_apply ${most}`);
await end();
