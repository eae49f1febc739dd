// A schedule explorer in the manner of loom and shuttle: the threads of a scenario run as instances of the real kernel in
// one JavaScript thread, and at each atomic operation, sleep, call and loop it is decided here who goes on, and who dies.
//
// Schedules are drawn by a seed, which replays them, or enumerated up to a number of preemptions. A scenario fails when an
// expectation throws, when nobody can run before all have ended (a lost wake-up), or when it does not end.
import { Fiber, type Program, STACK_SIZE } from "./fiber";

export type { Program, Step } from "./fiber";

const THREADS = 5;
const PAGES = 12;
/** Offset in a thread record. */
const SPIN_BUDGET = 36;
const STEPS_MOST = 20_000;

export interface World {
  /** The kernel without points, for making objects and looking at them while no thread runs. */
  k: Record<string, (...args: number[]) => number>;
  ints: Int32Array;
  view: Float64Array;
  /** Records of the scenario's threads. */
  threads: number[];
  /** Marks the thread at this index as one that has died and been buried. */
  dead: Set<number>;
  now(): number;
}

export interface Scenario {
  name: string;
  /** Makes the objects, and gives the programs of the threads, with the index of each in `world.threads`. */
  programs(world: World): Program[];
  /** Indices of the threads that may be killed, one of them in each schedule. */
  mortal?: number[];
  /** What must hold when all have ended. */
  check?(world: World): void;
}

export interface Modules {
  plain: WebAssembly.Module;
  traced: WebAssembly.Module;
}

/** Decides: which of `count` choices, the first of which lets the same thread go on. */
interface Chooser {
  choose(count: number): number;
  /** Whether the thread that stands at a mortal point dies there. */
  strike(): boolean;
}

export class Failure extends Error {}

/** A small generator of numbers in [0, 1): mulberry32. */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function drawn(seed: number): Chooser {
  const random = generator(seed);
  for (let i = 0; i < 4; i++) random();
  const switching = [0.02, 0.1, 0.3, 0.7][Math.floor(random() * 4)]!;
  const mortality = 1 / (2 + Math.floor(random() * 60));
  return {
    choose: (count) => (random() < switching ? Math.floor(random() * count) : 0),
    strike: () => random() < mortality,
  };
}

export class Explorer {
  readonly #memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true });
  readonly #fibers: Fiber[];
  readonly #k: World["k"];
  readonly #bytes: Uint8Array;
  #time = 0;

  constructor(modules: Modules) {
    const now = () => {
      this.#time += 0.3;
      return this.#time;
    };
    const notify = (address: number) => this.#fibers.reduce((n, fiber) => n + fiber.wake(address), 0);
    const host = { memory: this.#memory, now, notify };
    const top = PAGES * 65536;
    this.#fibers = Array.from(
      { length: THREADS },
      (_, i) => new Fiber(modules.traced, host, top - (i + 1) * STACK_SIZE),
    );
    const stuck = () => {
      throw new Error("the explorer itself must not wait");
    };
    this.#k = new WebAssembly.Instance(modules.plain, { env: { memory: this.#memory, wait: stuck, now } })
      .exports as World["k"];
    this.#bytes = new Uint8Array(this.#memory.buffer);
  }

  /** Runs `schedules` drawn schedules. Gives back how many had a death. */
  draw(scenario: Scenario, schedules: number, firstSeed = 1): number {
    let deaths = 0;
    for (let seed = firstSeed; seed < firstSeed + schedules; seed++) {
      try {
        if (this.#run(scenario, drawn(seed))) deaths++;
      } catch (error) {
        throw new Failure(`${scenario.name}, seed ${seed}: ${(error as Error).message}`, { cause: error });
      }
    }
    return deaths;
  }

  /** Runs all schedules with up to `preemptions` switches away from a thread that could go on, at most `limit`. */
  enumerate(scenario: Scenario, preemptions: number, limit: number): number {
    // The choices of the last schedule: what was chosen of how many, and whether choosing otherwise preempts.
    let path: { chosen: number; count: number }[] = [];
    for (let schedules = 1; ; schedules++) {
      const prefix = path.map((choice) => choice.chosen);
      const taken: typeof path = [];
      let left = preemptions;
      const chooser: Chooser = {
        strike: () => false,
        choose: (count) => {
          const chosen = prefix[taken.length] ?? 0;
          taken.push({ chosen, count: left > 0 ? count : 1 });
          if (chosen > 0) left--;
          return chosen;
        },
      };
      try {
        this.#run(scenario, chooser);
      } catch (error) {
        const choices = taken.map((choice) => choice.chosen).join("");
        throw new Failure(`${scenario.name}, choices ${choices}: ${(error as Error).message}`, { cause: error });
      }
      while (taken.length > 0 && taken.at(-1)!.chosen + 1 >= taken.at(-1)!.count) taken.pop();
      if (taken.length === 0 || schedules >= limit) return schedules;
      taken.at(-1)!.chosen++;
      path = taken;
    }
  }

  /** One schedule. True if a thread died in it. */
  #run(scenario: Scenario, chooser: Chooser): boolean {
    const k = this.#k;
    this.#bytes.fill(0, 0, 65536 * 3);
    this.#time = 1000;
    k.allocator_init!();
    const threads = Array.from({ length: THREADS }, () => k.thread_new!(0));
    const ints = new Int32Array(this.#memory.buffer);
    // Spinning only repeats what one turn tells.
    for (const thread of threads) ints[(thread + SPIN_BUDGET) >> 2] = 1;
    const world: World = {
      k,
      threads,
      ints,
      view: new Float64Array(this.#memory.buffer),
      dead: new Set(),
      now: () => this.#time,
    };
    const programs = scenario.programs(world);
    for (const fiber of this.#fibers) fiber.kill();
    programs.forEach((program, i) => {
      this.#fibers[i]!.begin(program);
    });
    let current = 0;
    for (let step = 0; ; step++) {
      if (step > STEPS_MOST) throw new Error("does not end");
      const options = this.#options(current);
      if (options.length === 0) {
        if (this.#fibers.every((fiber) => fiber.done)) break;
        throw new Error(`nobody can go on: ${this.#picture()}`);
      }
      // Timing out is a choice like another, but never the first while somebody can run.
      const next = options.length === 1 ? options[0]! : options[chooser.choose(options.length)]!;
      const fiber = this.#fibers[next.index]!;
      current = next.index;
      if (next.timeOut) {
        this.#time = Math.max(this.#time, fiber.deadline);
        fiber.timeOut();
      } else if (this.#mayDie(scenario, world, current) && chooser.strike()) {
        this.#kill(world, current);
      } else fiber.run();
    }
    scenario.check?.(world);
    return world.dead.size > 0;
  }

  #options(current: number): { index: number; timeOut: boolean }[] {
    const options: { index: number; timeOut: boolean }[] = [];
    for (let i = 0; i < THREADS; i++) {
      const index = (current + i) % THREADS;
      if (this.#fibers[index]!.canRun) options.push({ index, timeOut: false });
    }
    for (let index = 0; index < THREADS; index++) {
      const fiber = this.#fibers[index]!;
      if (!fiber.canRun && fiber.deadline !== Number.POSITIVE_INFINITY) options.push({ index, timeOut: true });
    }
    return options;
  }

  #mayDie(scenario: Scenario, world: World, index: number): boolean {
    return world.dead.size === 0 && scenario.mortal?.includes(index) === true && this.#fibers[index]!.isMortal;
  }

  /** Kills a thread; a supervisor, whose steps are as interleaved as all others', buries it. */
  #kill(world: World, index: number): void {
    this.#fibers[index]!.kill();
    world.dead.add(index);
    const thread = world.threads[index]!;
    this.#fibers[THREADS - 1]!.begin(
      (function* (): Program {
        yield ["thread_bury", thread];
        yield ["thread_advance", thread, 3];
      })(),
    );
  }

  #picture(): string {
    return this.#fibers
      .map((fiber, i) => (fiber.done ? "" : `thread ${i} stands at ${JSON.stringify(fiber.stop ?? "a condition")}`))
      .filter((text) => text !== "")
      .join("; ");
  }
}
