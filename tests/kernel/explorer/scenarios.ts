// What the explorer runs: for each primitive a few threads that use it, and what must hold whatever the schedule.
import { expect } from "vitest";
import type { Program, Scenario, World } from "./explorer";

const FOREVER = Number.POSITIVE_INFINITY;
const OK = 0;
const QUEUED = 6;
const STOPPED = 3;
/** Kinds of objects; see assembly/status.ts. */
const ATTRIBUTES = 10;
const DICT = 20;
const LIST = 9;

/** A region that one thread at a time may be in; one that died there has left it. */
class Region {
  #inside = -1;

  constructor(private readonly world: World) {}

  enter(index: number): void {
    if (this.#inside >= 0 && !this.world.dead.has(this.#inside))
      throw new Error(`${this.#inside} and ${index} are inside`);
    this.#inside = index;
  }

  leave(): void {
    this.#inside = -1;
  }
}

function box(world: World, index: number): number {
  return world.k.thread_mailbox!(world.threads[index]!) >>> 3;
}

/** Threads that take a lock twice each. */
function locking(name: string, kind: "mutex" | "rlock", count: number, extra: Partial<Scenario> = {}): Scenario {
  return {
    name,
    ...extra,
    programs(world) {
      const lock = world.k[`${kind}_new`]!();
      const region = new Region(world);
      return Array.from({ length: count }, (_, i) =>
        (function* (): Program {
          const me = world.threads[i]!;
          for (let round = 0; round < 2; round++) {
            expect(yield [`${kind}_acquire`, lock, me, FOREVER]).toBe(OK);
            region.enter(i);
            if (kind === "rlock") expect(yield ["rlock_acquire", lock, me, FOREVER]).toBe(OK);
            yield "turn";
            if (kind === "rlock") expect(yield ["rlock_release", lock, me]).toBe(OK);
            region.leave();
            expect(yield [`${kind}_release`, lock, me]).toBe(OK);
          }
        })(),
      );
    },
  };
}

const impatient: Scenario = {
  name: "a mutex, one of whose waiters gives up",
  programs(world) {
    const lock = world.k.mutex_new!();
    const region = new Region(world);
    return [FOREVER, FOREVER, 1].map((patience, i) =>
      (function* (): Program {
        for (let round = 0; round < 2; round++) {
          const deadline = patience === FOREVER ? FOREVER : world.now() + patience;
          if ((yield ["mutex_acquire", lock, world.threads[i]!, deadline]) !== OK) continue;
          region.enter(i);
          yield "turn";
          region.leave();
          yield ["mutex_release", lock];
        }
      })(),
    );
  },
};

/** A thread adds units, two of them at once; others take one each. */
const units: Scenario = {
  name: "a semaphore that gets two units at once",
  programs(world) {
    const s = world.k.semaphore_new!(0, 100);
    const taker = function* (i: number): Program {
      expect(yield ["semaphore_acquire", s, world.threads[i]!, FOREVER]).toBe(OK);
    };
    const giver = function* (): Program {
      yield ["semaphore_release", s, 2];
      yield ["semaphore_release", s, 1];
    };
    return [taker(0), taker(1), taker(2), giver()];
  },
};

/** Offset of a thread record's node, and of what it carries. */
const NODE = 64;
const PAYLOAD = 32;
/** Offsets of what is waited for in the two nodes of a thread record. */
const WAITED_FOR = NODE + 40;
const PLACE = 120;
const PLACE_WAITED_FOR = PLACE + 40;

/** A unit that was handed to a waiter which dies before it has it goes to the next. */
const unitOfTheDead: Scenario = {
  name: "a semaphore, a taker dies",
  mortal: [0],
  programs(world) {
    const s = world.k.semaphore_new!(0, 100);
    let done = false;
    const taker = function* (i: number): Program {
      expect(yield ["semaphore_acquire", s, world.threads[i]!, FOREVER]).toBe(OK);
      done = true;
    };
    const giver = function* (): Program {
      yield ["semaphore_release", s, 1];
      yield () => done || world.dead.size > 0;
      // If the dead one had its unit in its hands, that is gone; if not, it comes back and there is enough.
      if (done || world.ints[(world.threads[0]! + WAITED_FOR) >> 2] === 0) yield ["semaphore_release", s, 1];
    };
    return [taker(0), taker(1), giver()];
  },
};

/** A notification that was meant for one reaches the next if that one dies. */
const notificationOfTheDead: Scenario = {
  name: "a condition, who was notified dies",
  mortal: [0],
  programs(world) {
    const [lock, c] = [world.k.mutex_new!(), world.k.condition_new!()];
    let flag = 0;
    const waiter = function* (i: number): Program {
      const me = world.threads[i]!;
      yield ["mutex_acquire", lock, me, FOREVER];
      while (flag === 0) {
        yield ["condition_attempt", c, me + PLACE];
        yield ["mutex_release", lock];
        expect(yield ["place_wait", c, me, FOREVER]).toBe(OK);
        yield ["mutex_acquire", lock, me, FOREVER];
      }
      flag--;
      yield ["mutex_release", lock];
    };
    const notify = function* (me: number): Program {
      yield ["mutex_acquire", lock, me, FOREVER];
      flag = 1;
      yield ["condition_notify", c, 1];
      yield ["mutex_release", lock];
    };
    const notifier = function* (): Program {
      yield* notify(world.threads[2]!);
      yield () => flag === 0 || world.dead.size > 0;
      // If the dead one had its notification already, that has gone with it; if not, it is passed on.
      if (flag === 0 || world.ints[(world.threads[0]! + PLACE_WAITED_FOR) >> 2] === 0) {
        yield* notify(world.threads[2]!);
      }
    };
    return [waiter(0), waiter(1), notifier()];
  },
};

/** A flag and a condition: who waits for the flag sees it. */
function condition(name: string, notify: number): Scenario {
  return {
    name,
    programs(world) {
      const [lock, c] = [world.k.mutex_new!(), world.k.condition_new!()];
      let flag = 0;
      const waiter = function* (i: number): Program {
        const me = world.threads[i]!;
        yield ["mutex_acquire", lock, me, FOREVER];
        while (flag === 0) {
          yield ["condition_attempt", c, me + PLACE];
          yield ["mutex_release", lock];
          expect(yield ["place_wait", c, me, FOREVER]).toBe(OK);
          yield ["mutex_acquire", lock, me, FOREVER];
        }
        flag--;
        yield ["mutex_release", lock];
      };
      const notifier = function* (i: number, times: number): Program {
        for (let round = 0; round < times; round++) {
          yield ["mutex_acquire", lock, world.threads[i]!, FOREVER];
          flag += notify;
          yield ["condition_notify", c, notify];
          yield ["mutex_release", lock];
        }
      };
      return [waiter(0), waiter(1), notifier(2, 2 / notify)];
    },
  };
}

/** Who waited when the event was set returns, though it is cleared at once. */
function event(name: string, mortal?: number[]): Scenario {
  return {
    name,
    mortal,
    programs(world) {
      const e = world.k.event_new!();
      let set = false;
      const waiter = function* (i: number): Program {
        const me = world.threads[i]!;
        if ((yield ["event_attempt", e, me + PLACE, 1]) === QUEUED) {
          expect(yield ["place_wait", e, me, FOREVER]).toBe(OK);
        }
      };
      const setter = function* (): Program {
        yield () => world.k.event_waiters!(e) === 2;
        yield ["event_set", e];
        set = true;
        yield ["event_clear", e];
      };
      // If the setter dies before its commit, somebody else sets.
      const heir = function* (): Program {
        yield () => world.dead.size > 0 || set;
        if (world.dead.size > 0 && world.k.event_is_set!(e) === 0) yield ["event_set", e];
      };
      return [waiter(0), waiter(1), setter(), heir()];
    },
  };
}

/** State of a park word; see assembly/waitqueue.ts. */
const GRANTED = 3;

/** What one gives, and another takes: a unit, an item, a notification. */
interface Gift {
  make(k: World["k"]): number;
  attempt: string;
  give: string;
  /** How many are left that nobody was given. */
  left(k: World["k"], object: number): number;
}

const GIFTS: Record<"semaphore" | "queue" | "condition", Gift> = {
  semaphore: {
    make: (k) => k.semaphore_new!(0, 100),
    attempt: "semaphore_attempt",
    give: "semaphore_release",
    left: (k, object) => k.semaphore_value!(object),
  },
  queue: {
    make: (k) => k.queue_new!(0),
    attempt: "queue_attempt_get",
    give: "queue_put",
    left: (k, object) => k.queue_size!(object),
  },
  condition: {
    make: (k) => k.condition_new!(),
    attempt: "condition_attempt",
    give: "condition_notify",
    left: () => 0,
  },
};

/**
 * A thread that was ordered to end buries itself, is terminated in the midst of that, and buried again by the supervisor. What it
 * had been given and not taken goes to others, once.
 */
function buriedTwice(kind: keyof typeof GIFTS): Scenario {
  let check = () => {};
  return {
    name: `a ${kind}, a thread dies as it buries itself`,
    mortal: [0],
    programs(world) {
      const { k, threads, ints } = world;
      const { make, attempt, give, left } = GIFTS[kind];
      const object = make(k);
      const isGranted = (i: number) => ints[(threads[i]! + NODE + 8) >> 2] === GRANTED;
      const isBuried = () => world.dead.size === 0 || k.thread_state!(threads[0]!) === STOPPED;
      let over = false;
      for (const i of [0, 1, 2]) k[attempt]!(object, threads[i]! + NODE, 1);
      const ordered = function* (): Program {
        yield () => isGranted(0);
        yield ["thread_bury", threads[0]!];
        over = true;
      };
      const giver = function* (): Program {
        world.view[box(world, 3)] = 7;
        yield kind === "queue" ? [give, object, threads[3]!, FOREVER] : [give, object, 1];
        yield () => (over || world.dead.size > 0) && isBuried();
      };
      check = () => {
        const given = [1, 2].filter(isGranted).length + left(k, object);
        expect(given).toBe(1);
      };
      return [ordered(), nothing(), nothing(), giver()];
    },
    check: () => check(),
  };
}

const INTERRUPTED = 2;
const KEYBOARD = 2;

/**
 * Three wait to be told. The second is interrupted, and waits for another thing in the midst of it: a waiter keeps its place
 * meanwhile, and what is told then is not missed.
 */
function keeping(name: string, kind: "condition" | "event", mortal?: number[]): Scenario {
  let check = () => {};
  return {
    name,
    mortal,
    programs(world) {
      const { k, threads, dead } = world;
      const [outer, inner] = [k[`${kind}_new`]!(), k[`${kind}_new`]!()];
      const waiting = (object: number) => k[`${kind}_waiters`]!(object);
      const told = new Set<number>();
      const wait = function* (object: number, i: number, interrupted: () => Program): Program {
        const [me, place] = [threads[i]!, threads[i]! + PLACE];
        const status = yield kind === "event"
          ? ["event_attempt", object, place, 1]
          : ["condition_attempt", object, place];
        if (status === OK) return;
        while ((yield ["place_wait", object, me, FOREVER]) === INTERRUPTED) {
          yield ["thread_take_interrupts", me];
          yield* interrupted();
        }
      };
      const comer = function* (i: number, before: number, interrupted: () => Program): Program {
        yield () => waiting(outer) >= before || dead.size > 0;
        yield* wait(outer, i, interrupted);
        told.add(i);
      };
      const handler = function* (): Program {
        const [me, place] = [threads[1]!, threads[1]! + PLACE];
        const waiter = yield ["waiter_new", me];
        const aside = k.waiter_node!(waiter);
        yield ["place_move", outer, place, aside];
        yield* wait(inner, 1, nothing);
        yield ["place_move", outer, aside, place];
        yield ["object_release", waiter];
      };
      const teller = function* (): Program {
        const isDone = (i: number) => () => told.has(i) || dead.has(i);
        yield () => waiting(outer) === 3 || dead.size > 0;
        yield ["thread_interrupt", threads[1]!, KEYBOARD];
        if (mortal) yield () => isDone(1)() || waiting(inner) > 0;
        if (dead.size > 0) {
          yield () => k.thread_state!(threads[1]!) === STOPPED;
          expect(waiting(outer)).toBeLessThanOrEqual(2);
        }
        if (kind === "event") {
          yield ["event_set", outer];
          yield ["event_clear", outer];
          yield ["event_set", inner];
        } else {
          yield ["condition_notify", outer, 1];
          yield isDone(0);
          yield ["condition_notify", outer, 1];
          yield () => isDone(1)() || waiting(inner) > 0;
          yield ["condition_notify", inner, 1];
          yield isDone(1);
        }
        // The last one has not come, or has had no notification that the dead one left.
        while (kind === "condition" || dead.size > 0) {
          if (waiting(outer) > 0) yield kind === "event" ? ["event_set", outer] : ["condition_notify", outer, 1];
          if ([0, 2].every((i) => told.has(i))) break;
          yield () => waiting(outer) > 0 || [0, 2].every((i) => told.has(i));
        }
      };
      check = () => {
        expect([...told].sort()).toEqual([0, 1, 2].filter((i) => told.has(i) || !dead.has(i)));
        expect([waiting(outer), waiting(inner)]).toEqual([0, 0]);
      };
      return [comer(0, 0, nothing), comer(1, 1, handler), comer(2, 2, nothing), teller()];
    },
    check: () => check(),
  };
}

const BROKE = -1;

/** Those who meet at a barrier; the last to come acts alone, and before anybody goes on. */
class Meeting {
  readonly barrier: number;
  /** What each meeting gave: an index, or BROKE. */
  readonly told: number[] = [];
  readonly #region: Region;
  #came = 0;
  #acted = 0;
  #passed = 0;

  constructor(
    private readonly world: World,
    private readonly parties: number,
  ) {
    this.barrier = world.k.barrier_new!(parties);
    this.#region = new Region(world);
  }

  *meet(i: number, patience = FOREVER): Program {
    const { world, barrier, parties } = this;
    const thread = world.threads[i]!;
    const node = thread + NODE;
    this.#came++;
    let status = yield ["barrier_attempt", barrier, node];
    if (status === QUEUED) {
      const deadline = patience === FOREVER ? FOREVER : world.now() + patience;
      status = yield ["barrier_wait", barrier, node, thread, deadline];
    }
    const index = status === OK ? world.ints[(node + PAYLOAD) >> 2]! : BROKE;
    if (index === parties - 1) {
      this.#region.enter(i);
      yield "turn";
      this.#acted++;
      this.#region.leave();
      if ((yield ["barrier_pass", barrier, world.k.thread_id!(thread), 1]) !== OK) return void this.told.push(BROKE);
    }
    this.told.push(index);
    if (index === BROKE) return;
    const round = Math.floor(this.#passed++ / parties) + 1;
    if (this.#acted < round) throw new Error("somebody went on before the action");
    if (this.#came < round * parties) throw new Error("somebody went on before all had come");
  }

  /** In each round each index once. */
  expectRounds(rounds: number): void {
    const expected = Array.from({ length: rounds * this.parties }, (_, n) => n % this.parties);
    expect([...this.told].sort()).toEqual(expected.sort());
    expect(this.world.k.barrier_waiting!(this.barrier)).toBe(0);
  }
}

/** `count` threads that meet `times` times each, `parties` at a time. */
function meeting(name: string, parties: number, count: number, times: number): Scenario {
  let m: Meeting;
  return {
    name,
    programs(world) {
      m = new Meeting(world, parties);
      const comer = function* (i: number): Program {
        for (let n = 0; n < times; n++) yield* m.meet(i);
      };
      return Array.from({ length: count }, (_, i) => comer(i));
    },
    check: () => m.expectRounds((count * times) / parties),
  };
}

/** Two wait in vain, and are told; when the barrier is open again three meet. */
function broken(name: string, how: "barrier_abort" | "barrier_reset" | "late"): Scenario {
  let m: Meeting;
  return {
    name,
    programs(world) {
      m = new Meeting(world, 3);
      const waiter = function* (i: number): Program {
        yield* m.meet(i, how === "late" && i === 1 ? 1 : FOREVER);
        // Who is late may have broken it before the other came.
        yield () => m.told.length >= 2 && world.k.barrier_waiting!(m.barrier) >= 0;
        yield* m.meet(i);
      };
      const breaker = function* (): Program {
        if (how !== "late") {
          yield () => world.k.barrier_waiting!(m.barrier) === 2;
          yield [how, m.barrier];
        }
        yield () => m.told.length === 2;
        expect(m.told).toEqual([BROKE, BROKE]);
        if (how !== "barrier_reset") yield ["barrier_reset", m.barrier];
        yield* m.meet(2);
      };
      return [waiter(0), waiter(1), breaker()];
    },
    check() {
      m.told.splice(0, 2);
      m.expectRounds(1);
    },
  };
}

/** Three meet, of whom the first may die: a fourth comes if that leaves two waiting. */
const metByDeath: Scenario = {
  name: "a barrier, one of three dies",
  mortal: [0],
  programs(world) {
    const m = new Meeting(world, 3);
    let left = 3;
    const comer = function* (i: number): Program {
      yield* m.meet(i);
      left--;
    };
    const fourth = function* (): Program {
      const isBuried = () => world.k.thread_state!(world.threads[0]!) === STOPPED;
      const isWanted = () => world.k.barrier_waiting!(m.barrier) === 2;
      yield () => left === 0 || (isBuried() && (left === 1 || isWanted()));
      if (isBuried() && isWanted()) yield* m.meet(3);
      const passed = m.told.filter((index) => index !== BROKE);
      expect(new Set(passed).size).toBe(passed.length);
    };
    return [comer(0), comer(1), comer(2), fourth()];
  },
};

/** Two producers, two consumers: each item once, each producer's in order. */
function queue(name: string, bound: number, mortal?: number[]): Scenario {
  const got: number[][] = [[], []];
  const put = new Set<number>();
  return {
    name,
    mortal,
    programs(world) {
      got[0] = [];
      got[1] = [];
      put.clear();
      const q = world.k.queue_new!(bound);
      const producing = new Set([0, 1]);
      const producer = function* (i: number, count: number): Program {
        for (let n = 0; n < count; n++) {
          const item = i * 10 + n;
          world.view[box(world, i)] = item;
          expect(yield ["queue_put", q, world.threads[i]!, FOREVER]).toBe(OK);
          put.add(item);
        }
        producing.delete(i);
      };
      const consumer = function* (i: number, count: number): Program {
        for (let n = 0; n < count; n++) {
          world.view[box(world, i)] = -1;
          expect(yield ["queue_get", q, world.threads[i]!, FOREVER]).toBe(OK);
          got[i - 2]!.push(world.view[box(world, i)]!);
        }
      };
      // Where somebody dies nobody can tell how many items there will be.
      const survivor = function* (i: number): Program {
        while (true) {
          world.view[box(world, i)] = -1;
          const status = yield ["queue_get", q, world.threads[i]!, world.now() + 50];
          if (status === OK) got[i - 2]!.push(world.view[box(world, i)]!);
          else if ([...producing].every((p) => world.dead.has(p)) && world.k.queue_size!(q) === 0) return;
        }
      };
      if (mortal) return [producer(0, 2), producer(1, 1), survivor(2), survivor(3)];
      return [producer(0, 2), producer(1, 2), consumer(2, 2), consumer(3, 2)];
    },
    check(world) {
      const all = got.flat();
      for (const dead of world.dead) {
        // In its hands, and not noted yet.
        const item = world.view[box(world, dead)]!;
        if (dead >= 2 && item >= 0 && !all.includes(item)) all.push(item);
      }
      expect(new Set(all).size).toBe(all.length);
      const left = mortal ? drain(world) : [];
      for (const item of put) if (![...all, ...left].includes(item)) throw new Error(`item ${item} is lost`);
      // A dead taker's item comes back behind those taken meanwhile.
      for (const items of world.dead.size > 0 ? [] : got) {
        for (const i of [0, 1]) {
          const mine = items.filter((item) => Math.floor(item / 10) === i);
          expect(mine).toEqual([...mine].sort((a, b) => a - b));
        }
      }
    },
  };
}

/** What is left in the scenario's queue, which is the only object of its kind. */
function drain(world: World): number[] {
  const KIND_QUEUE = 8;
  const items: number[] = [];
  let block = 66688;
  while (block < world.ints[68 >> 2]!) {
    const c = world.ints[block >> 2]!;
    if (world.ints[(block + 4) >> 2] === KIND_QUEUE) {
      const at = box(world, 4);
      while (world.k.queue_get!(block + 8, world.threads[4]!, 0) === OK) items.push(world.view[at]!);
    }
    block += (2 + (c & 1)) * 2 ** (4 + (c >> 1));
  }
  return items;
}

/** Who waits in a queue that is closed is sent away, though the closer dies on the way. */
function closing(name: string, mortal?: number[]): Scenario {
  const CLOSED = 5;
  return {
    name,
    mortal,
    programs(world) {
      const q = world.k.queue_new!(0);
      let closed = false;
      const getter = function* (i: number): Program {
        expect(yield ["queue_get", q, world.threads[i]!, FOREVER]).toBe(CLOSED);
      };
      const closer = function* (): Program {
        yield ["queue_close", q];
        closed = true;
      };
      const heir = function* (): Program {
        yield () => closed || world.dead.size > 0;
        if (world.k.queue_is_closed!(q) === 0) yield ["queue_close", q];
      };
      return [getter(0), getter(1), closer(), heir()];
    },
  };
}

/** Two writers send six bytes through a pipe of two; two readers get them, and the end. */
function piping(name: string, mortal?: number[]): Scenario {
  let check = () => {};
  return {
    name,
    mortal,
    programs(world) {
      const { k, threads } = world;
      const bytes = new Uint8Array(world.ints.buffer);
      const pipe = k.pipe_new!(2);
      const buffers = threads.map(() => k.value_new!(2, 0, 8) + 24);
      const got: number[] = [];
      const writing = new Set([0, 1]);
      const writer = function* (i: number): Program {
        for (let n = 0; n < 3; n++) bytes[buffers[i]! + n] = i * 10 + n;
        for (let n = 0; n < 3; ) {
          const written = yield ["pipe_write", pipe, buffers[i]! + n, 3 - n, threads[i]!, FOREVER];
          expect(written).toBeGreaterThan(0);
          n += written;
        }
        writing.delete(i);
        // The second writer closes when the first is done, or dead.
        if (i === 0) return;
        yield () => [...writing].every((other) => world.dead.has(other));
        yield ["pipe_close", pipe, 0, 1];
      };
      const reader = function* (i: number): Program {
        for (let read = 1; read !== 0; ) {
          read = yield ["pipe_read", pipe, buffers[i]!, 2, threads[i]!, FOREVER];
          for (let n = 0; n < read; n++) got.push(bytes[buffers[i]! + n]!);
        }
      };
      check = () => {
        expect(new Set(got).size).toBe(got.length);
        // A dead reader may have had two in its hands; what a dead writer had not sent is nobody's.
        if (world.dead.size === 0) expect(got.length).toBe(6);
        else if (world.dead.has(2)) expect(got.length).toBeGreaterThanOrEqual(4);
        // Its length, and how many wait to read and to write.
        expect([24, 48, 80].map((offset) => world.ints[(pipe + offset) >> 2])).toEqual([0, 0, 0]);
      };
      return [writer(0), writer(1), reader(2), reader(3)];
    },
    check: () => check(),
  };
}

const joining: Scenario = {
  name: "two threads wait for a third's states",
  programs(world) {
    const target = world.threads[2]!;
    const joiner = function* (i: number): Program {
      expect(yield ["thread_await", target, 2, world.threads[i]!, FOREVER]).toBe(OK);
      expect(yield ["thread_await", target, 3, world.threads[i]!, FOREVER]).toBe(OK);
    };
    return [
      joiner(0),
      joiner(1),
      (function* (): Program {
        yield ["thread_advance", target, 2];
        yield ["thread_advance", target, 3];
      })(),
    ];
  },
};

const interrupted: Scenario = {
  name: "an interrupt reaches a thread that waits, and no unit is lost",
  programs(world) {
    const s = world.k.semaphore_new!(0, 9);
    const [me] = world.threads as [number];
    return [
      (function* (): Program {
        let interrupts = 0;
        let status = yield ["semaphore_acquire", s, me, FOREVER];
        while (status === 2) {
          interrupts |= yield ["thread_take_interrupts", me];
          status = yield ["semaphore_acquire", s, me, FOREVER];
        }
        interrupts |= yield ["thread_take_interrupts", me];
        if (interrupts === 0) {
          // It came too late for the wait: the next one sees it.
          yield () => world.ints[(me + 32) >> 2] !== 0;
        }
      })(),
      (function* (): Program {
        yield ["thread_interrupt", me, 2];
        yield ["semaphore_release", s, 1];
      })(),
    ];
  },
  check: (world) => expect(world.k.memory_used!()).toBeGreaterThan(0),
};

const carriers: Scenario = {
  name: "no two threads get the same carrier",
  programs(world) {
    const { k, threads } = world;
    k.carrier_park!(k.carrier_reserve!(0));
    const taken: number[] = [];
    const starter = function* (i: number): Program {
      let index = yield ["carrier_assign", threads[i]!];
      if (index < 0) index = yield ["carrier_reserve", threads[i]!];
      if (taken.includes(index)) throw new Error(`carrier ${index} was given away twice`);
      taken.push(index);
    };
    return [
      starter(0),
      starter(1),
      (function* (): Program {
        const index = yield ["carrier_reserve", 0];
        if (taken.includes(index) && k.carrier_state!(index) !== 3) throw new Error(`carrier ${index} was taken`);
        yield ["carrier_retire", 0, world.now() + 1000];
      })(),
    ];
  },
};

const sameAttribute: Scenario = {
  name: "an attribute that two threads set at once exists once",
  programs(world) {
    const a = world.k.attributes_new!(ATTRIBUTES, 1);
    world.ints[1020 >> 2] = a;
    return [0, 1, 2].map((i) =>
      (function* (): Program {
        for (let n = 0; n < 2; n++) {
          world.view[box(world, i)] = i;
          expect(yield ["attributes_set", a, i === 2 ? 50 + n : 7 + n, world.threads[i]!]).toBe(OK);
        }
      })(),
    );
  },
  check(world) {
    const a = world.ints[1020 >> 2]!;
    const names: number[] = [];
    for (let i = 0; world.k.attributes_at!(a, i) !== 0; i++)
      names.push(world.ints[world.k.attributes_at!(a, i) >>> 2]!);
    expect(names.sort((x, y) => x - y)).toEqual([7, 8, 50, 51]);
  },
};

/** Halves of a number's word, as the kernel takes keys. */
function halves(key: number): [low: number, high: number] {
  const [low, high] = new Int32Array(new Float64Array([key]).buffer);
  return [low!, high!];
}

const keys: Scenario = {
  name: "a dict keeps each key once while it grows, loses keys and leaves out the dead ones",
  programs(world) {
    const dict = world.k.dict_new!(DICT);
    world.ints[1020 >> 2] = dict;
    // Two rounds of growth lie behind the keys that all threads set; each removes what it alone has set.
    for (let key = 100; key < 106; key++) {
      world.view[box(world, 0)] = key;
      world.k.dict_set!(dict, ...halves(key), 0, world.threads[0]!);
    }
    return [0, 1, 2].map((i) =>
      (function* (): Program {
        for (let n = 0; n < 3; n++) {
          world.view[box(world, i)] = n;
          expect(yield ["dict_set", dict, ...halves(n), 0, world.threads[i]!]).toBe(OK);
          world.view[box(world, i)] = i * 10 + n;
          expect(yield ["dict_set", dict, ...halves(10 + i), 0, world.threads[i]!]).toBe(OK);
          expect(yield ["dict_get", dict, ...halves(10 + i), world.threads[i]!]).toBe(i * 10 + n);
          expect(yield ["dict_remove", dict, ...halves(10 + i), world.threads[i]!]).toBe(OK);
          expect(world.view[box(world, i)]).toBe(i * 10 + n);
          expect(yield ["dict_has", dict, ...halves(10 + i)]).toBe(0);
          if (i === 0) expect(yield ["dict_remove", dict, ...halves(100 + n), world.threads[i]!]).toBe(OK);
        }
      })(),
    );
  },
  check(world) {
    const dict = world.ints[1020 >> 2]!;
    const found: number[] = [];
    let number = world.k.dict_next!(dict, 0, world.threads[0]!);
    while (number >= 0) {
      found.push(world.view[box(world, 0)]!);
      number = world.k.dict_next!(dict, number + 1, world.threads[0]!);
    }
    expect(found.sort((x, y) => x - y)).toEqual([0, 1, 2, 103, 104, 105]);
    expect(world.k.dict_length!(dict)).toBe(6);
  },
};

const listing: Scenario = {
  name: "a list keeps what is appended while it grows, and gives each item once",
  programs(world) {
    const list = world.k.list_new!();
    world.ints[1020 >> 2] = list;
    const adder = function* (i: number): Program {
      for (let n = 0; n < 5; n++) {
        world.view[box(world, i)] = i * 10 + n;
        expect(yield ["list_insert", list, 0x7fffffff, world.threads[i]!]).toBe(OK);
      }
    };
    return [
      adder(0),
      adder(1),
      (function* (): Program {
        for (let n = 0; n < 3; n++) {
          yield () => world.k.list_length!(list) > 0;
          expect(yield ["list_pop", list, 0, world.threads[2]!]).toBe(OK);
        }
      })(),
    ];
  },
  check: (world) => expect(world.k.list_length!(world.ints[1020 >> 2]!)).toBe(7),
};

const INVALID = 3;

/** After `n` of the writer's inserts the item at index i is i - n. */
const glancing: Scenario = {
  name: "a list's numbers are read without its lock, each as it is at some moment after the one before",
  programs(world) {
    const { k, threads } = world;
    const [list, other] = [k.list_new!(), k.list_new!()];
    for (let i = 0; i < 3; i++) {
      world.view[box(world, 0)] = i;
      k.list_insert!(list, 0x7fffffff, threads[0]!);
    }
    return [
      (function* (): Program {
        for (let n = 1; n <= 3; n++) {
          world.view[box(world, 0)] = -n;
          expect(yield ["list_insert", list, 0, threads[0]!]).toBe(OK);
        }
      })(),
      // Takes the blocks that the list gives back.
      (function* (): Program {
        for (let n = 0; n < 5; n++) {
          world.view[box(world, 1)] = 77;
          expect(yield ["list_insert", other, 0x7fffffff, threads[1]!]).toBe(OK);
        }
      })(),
      (function* (): Program {
        let least = 0;
        for (const index of [2, 0, 3, 1, 4, 0]) {
          const status = yield ["list_get", list, index, threads[2]!];
          if (status !== OK) {
            expect(status).toBe(INVALID);
            expect(least).toBeLessThanOrEqual(index - 3);
            continue;
          }
          const inserts = index - world.view[box(world, 2)]!;
          expect(inserts).toBeGreaterThanOrEqual(least);
          expect(inserts).toBeLessThanOrEqual(3);
          least = inserts;
        }
      })(),
    ];
  },
};

const memory: Scenario = {
  name: "blocks are given to one thread at a time, and come back",
  programs(world) {
    const held = new Map<number, number>();
    world.ints[1016 >> 2] = world.k.memory_used!();
    return [0, 1, 2].map((i) =>
      (function* (): Program {
        for (let n = 0; n < 3; n++) {
          const block = yield ["value_new", 2, 0, 40];
          if (held.has(block)) throw new Error(`${block} was given to ${held.get(block)} and ${i}`);
          held.set(block, i);
          yield "turn";
          held.delete(block);
          yield ["object_release", block];
        }
      })(),
    );
  },
  check: (world) => expect(world.k.memory_used!()).toBe(world.ints[1016 >> 2]),
};

/** Of two lists that hold each other one is always in somebody's hands, now this and now that. */
const cycles: Scenario = {
  name: "a cycle that a thread walks around is kept, and collected when it has let go",
  programs(world) {
    const { k } = world;
    world.ints[1016 >> 2] = k.memory_used!();
    const lists = [k.list_new!(), k.list_new!()];
    const halves = (list: number) => [list, (0xfffd << 16) | LIST] as const;
    for (const [i, list] of lists.entries()) {
      const at = box(world, 0) * 2;
      [world.ints[at], world.ints[at + 1]] = halves(lists[1 - i]!);
      k.object_retain!(lists[1 - i]!);
      k.list_insert!(list, 0, world.threads[0]!);
    }
    k.object_release!(lists[0]!);
    let looking = true;
    let walking = true;
    return [
      (function* (): Program {
        let here = lists[1]!;
        for (let n = 0; looking && n < 40; n++) {
          expect(yield ["list_get", here, 0, world.threads[0]!]).toBe(OK);
          const next = world.ints[box(world, 0) * 2]!;
          yield ["object_release", here];
          here = next;
          if (k.object_kind!(here) !== LIST || k.list_length!(here) !== 1) throw new Error("it was freed");
        }
        walking = false;
        yield ["object_release", here];
      })(),
      (function* (): Program {
        if ((yield ["cycles_collect"]) > 0 && walking) throw new Error("it was collected");
        looking = false;
      })(),
    ];
  },
  check(world) {
    world.k.cycles_collect!();
    expect(world.k.memory_used!()).toBe(world.ints[1016 >> 2]);
  },
};

const DONE = 2;
const LOST = 4;
const SHUT = 5;
/** Of what a pool counts; see assembly/pool.ts. */
const VACANT = 5;
const CALLS = 7;

function* nothing(): Program {}

interface Pooling {
  workers: 1 | 2;
  /** Most chunks that the first worker does. */
  tasks?: number;
  mortal?: number[];
}

/** Workers do two batches of two chunks; one is there for the first who leaves or dies. Who waits looks after the pool. */
function pooling(name: string, { workers, tasks = FOREVER, mortal }: Pooling): Scenario {
  let check = () => {};
  return {
    name,
    mortal,
    programs(world) {
      const { k, threads, ints } = world;
      const pool = k.pool_new!(workers);
      const batches = [0, 1].map(() => k.batch_new!(pool, 2, 1, 0, 0));
      const ran: string[] = [];
      let vacant = -1;
      let isOver = false;
      for (let i = 0; i < workers; i++) k.pool_enter!(pool, k.pool_vacancy!(pool), threads[i]!);
      const worker = function* (i: number, place: number, most = FOREVER): Program {
        const mail = k.thread_mailbox!(threads[i]!) >>> 2;
        for (let n = 0; n < most; n++) {
          const status = yield ["pool_take", pool, place, threads[i]!, FOREVER];
          if (status === SHUT) break;
          expect(status).toBe(OK);
          const [batch, chunk] = [ints[mail]!, ints[mail + 1]!];
          ran.push(`${batches.indexOf(batch)} ${chunk}`);
          yield "turn";
          expect(yield ["pool_settle", pool, place, DONE, FOREVER, 0]).toBe(OK);
          yield ["object_release", batch];
        }
        yield ["pool_leave", pool, place];
      };
      const mend = function* (): Program {
        const place = yield ["pool_vacancy", pool];
        if (place < 0) return;
        k.pool_enter!(pool, place, threads[3]!);
        vacant = place;
      };
      const caller = function* (): Program {
        for (const batch of batches) expect(yield ["pool_put", pool, batch, 2]).toBe(OK);
        for (const batch of batches) {
          while (k.batch_is_ready!(batch) === 0) {
            const calls = k.pool_count!(pool, CALLS);
            yield* mend();
            expect(yield ["batch_await", batch, 0, 0, calls, threads[2]!, FOREVER]).toBe(OK);
          }
        }
        yield ["pool_end", pool, 1];
        while (k.pool_has_ended!(pool) === 0) {
          const calls = k.pool_count!(pool, CALLS);
          yield* mend();
          expect(yield ["pool_join", pool, calls, threads[2]!, FOREVER]).toBe(OK);
        }
        isOver = true;
      };
      const spare = function* (): Program {
        yield () => vacant >= 0 || isOver;
        if (vacant >= 0) yield* worker(3, vacant);
      };
      check = () => {
        const states = batches.flatMap((batch) => [0, 1].map((chunk) => k.batch_chunk_state!(batch, chunk)));
        const lost = states.filter((state) => state === LOST).length;
        expect(states.filter((state) => state === DONE).length).toBe(4 - lost);
        expect(lost).toBeLessThanOrEqual(world.dead.size);
        // No chunk runs twice; one that was lost may have run.
        expect(new Set(ran).size).toBe(ran.length);
        expect(ran.length).toBeGreaterThanOrEqual(4 - lost);
        expect([1, 3].map((which) => k.pool_count!(pool, which))).toEqual([4 - lost, lost]);
        expect([k.pool_has_ended!(pool), k.pool_count!(pool, VACANT)]).toEqual([1, workers]);
      };
      const second = workers === 2 ? worker(1, 1) : nothing();
      return [worker(0, 0, tasks), second, caller(), spare()];
    },
    check: () => check(),
  };
}

export const SCENARIOS: Scenario[] = [
  locking("a mutex, three threads", "mutex", 3),
  locking("a re-entrant lock, two threads", "rlock", 2),
  impatient,
  units,
  condition("a condition, notified once for each", 1),
  condition("a condition, all notified", 2),
  event("an event that is set and cleared"),
  keeping("a place is kept while its thread waits for another condition", "condition"),
  keeping("a place is kept while its thread waits for another event", "event"),
  meeting("a barrier of three", 3, 3, 2),
  meeting("a barrier of two to which four come", 2, 4, 1),
  broken("a barrier that is aborted", "barrier_abort"),
  broken("a barrier that is reset", "barrier_reset"),
  broken("a barrier for which one is late", "late"),
  queue("an unbounded queue", 0),
  queue("a queue of one place", 1),
  queue("a queue of two places", 2),
  piping("a pipe of two bytes"),
  closing("a queue that is closed"),
  joining,
  interrupted,
  carriers,
  sameAttribute,
  keys,
  listing,
  glancing,
  memory,
  cycles,
  pooling("a pool of two workers", { workers: 2 }),
  pooling("a pool of one worker, who is replaced", { workers: 1, tasks: 1 }),
];

/** In these somebody dies. */
export const DEATHS: Scenario[] = [
  locking("a mutex, one of three dies", "mutex", 3, { mortal: [0] }),
  locking("a re-entrant lock, one of two dies", "rlock", 2, { mortal: [1] }),
  queue("an unbounded queue, a consumer dies", 0, [2]),
  queue("a queue of one place, a consumer dies", 1, [2]),
  queue("a queue of one place, a producer dies", 1, [0]),
  queue("a queue of two places, a consumer dies", 2, [2]),
  event("an event, who sets it dies", [2]),
  metByDeath,
  piping("a pipe, a reader dies", [2]),
  piping("a pipe, a writer dies", [0]),
  closing("a queue, who closes it dies", [2]),
  keeping("a place is kept for another condition, and its thread dies", "condition", [1]),
  keeping("a place is kept for another event, and its thread dies", "event", [1]),
  buriedTwice("semaphore"),
  buriedTwice("queue"),
  buriedTwice("condition"),
  unitOfTheDead,
  notificationOfTheDead,
  pooling("a pool, a worker dies", { workers: 2, mortal: [0] }),
  pooling("a pool, its only worker dies", { workers: 1, mortal: [0] }),
  pooling("a pool, a worker who leaves dies", { workers: 1, tasks: 1, mortal: [0] }),
];
