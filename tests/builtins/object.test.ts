// Instances of classes that extend object, local and shared.
import { describe, expect, it } from "vitest";
import {
  delattr,
  dict,
  eq,
  getattr,
  hasattr,
  isinstance,
  list,
  object,
  repr,
  setattr,
  str,
  tuple,
  type,
} from "../../src/builtins";
import { dir, vars } from "../../src/builtins/objects";
import { kernel } from "../../src/kernel/kernel";
import { define } from "../../src/registry";
import { addressOf, facade, type KeepsIdentity, kindOf } from "../../src/runtime/shared";
import { post, take } from "../../src/runtime/words";
import { Lock } from "../../src/threading";
import { attachTestKernel } from "../runtime/kernel";
import { shared } from "./storages";

class Account extends object {
  static bank = "ours";
  declare extra: unknown;
  declare other: unknown;
  balance: number;
  owner: string | null;

  constructor(balance: number, owner: string | null = null) {
    super();
    this.balance = balance;
    this.owner = owner;
  }

  deposit(n: number): number {
    this.balance += n;
    return this.balance;
  }

  get rich(): boolean {
    return this.balance > 100;
  }

  describe(): string {
    return `account of ${this.owner}`;
  }
}

class Savings extends Account {
  rate = 2;

  override describe(): string {
    return `savings ${super.describe()}`;
  }
}

define("test", "Account", Account);
define("test", "Savings", Savings);

const both = ["local", "shared"] as const;

describe.each(both)("a %s instance", (storage) => {
  attachTestKernel();
  const own = <T extends object>(x: T): T => (storage === "shared" ? shared(x) : x);

  it("has its attributes, methods, properties and classes", () => {
    const a = own(new Savings(50, "Ann"));
    expect([a.balance, a.owner, a.rate, a.rich]).toEqual([50, "Ann", 2, false]);
    expect(a.deposit(60)).toBe(110);
    expect([a.balance, a.rich, a.describe()]).toEqual([110, true, "savings account of Ann"]);
    expect(a).toBeInstanceOf(Savings);
    expect(a).toBeInstanceOf(Account);
    expect(a).toBeInstanceOf(object);
    expect([isinstance(a, Account), isinstance(a, object as never), isinstance(a, dict as never)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(type(a)).toBe(Savings);
    expect(a.constructor).toBe(Savings);
    expect(getattr(a, "bank")).toBe("ours");
    expect(() => getattr(a, "bonk")).toThrow("'Savings' object has no attribute 'bonk'");
  });

  it("takes new attributes, and gives them up", () => {
    const a = own(new Account(1));
    a.extra = "more";
    setattr(a, "other", list([1]));
    expect([a.extra, hasattr(a, "other"), hasattr(a, "none")]).toEqual(["more", true, false]);
    expect(vars(a)).toEqual({ balance: 1, owner: null, extra: "more", other: a.other });
    expect(repr((a as any).__dict__)).toBe("{'balance': 1, 'owner': None, 'extra': 'more', 'other': [1]}");
    delattr(a, "extra");
    expect(hasattr(a, "extra")).toBe(false);
    expect(a.extra).toBeUndefined();
    expect(() => delattr(a, "extra")).toThrow("'Account' object has no attribute 'extra'");
    expect(() => getattr(a, "extra")).toThrow("'Account' object has no attribute 'extra'");
    a.extra = null;
    expect(getattr(a, "extra")).toBe(null);
    expect(dir(a)).toContain("balance");
  });

  it("lets an attribute hide a method", () => {
    const a = own(new Account(1));
    a.deposit = (() => "hidden") as never;
    expect(a.deposit(5)).toBe("hidden");
    delattr(a, "deposit");
    expect(a.deposit(5)).toBe(6);
  });

  it("is one thing, printed as Python prints it", () => {
    const a = own(new Account(1));
    expect(repr(a)).toMatch(/^<__main__\.Account object at 0x[0-9a-f]+>$/);
    expect(str(a)).toBe(repr(a));
    expect(`${a}`).toBe(repr(a));
    expect(eq(a, own(new Account(1)))).toBe(false);
    const d = own(dict<any>([[a, 1]]));
    expect(d.get(a)).toBe(1);
    expect(d.get(new Account(1))).toBe(null);
  });

  it("may be a bare object", () => {
    const a = own(object());
    expect(repr(a)).toMatch(/^<object object at 0x/);
    expect(own(new object())).not.toBe(a);
    expect(() => (object as any)(1)).toThrow("object() takes no arguments");
  });
});

describe("an instance", () => {
  attachTestKernel();

  it("is an ordinary object until it is shared", () => {
    const a = new Account(5, "Bob");
    expect(Object.keys(a)).toEqual(["balance", "owner"]);
    expect(Object.getPrototypeOf(a)).toBe(Account.prototype);
    expect({ ...a }).toEqual({ balance: 5, owner: "Bob" });
  });

  it("keeps its identity, cycles included", () => {
    const a = new Account(1);
    a.extra = list([a, dict({ a })]);
    a.other = Lock();
    post(tuple([a, a.extra]));
    const [same, items] = take() as [Account, list];
    expect(same).toBe(a);
    expect(items).toBe(a.extra);
    expect(items.__getitem__(0)).toBe(a);
    expect(items.__getitem__(1).get("a")).toBe(a);
    expect(repr(items)).toBe(`[${repr(a)}, {'a': ${repr(a)}}]`);
  });

  it("adopts the plain arrays and objects it holds", () => {
    const a = new Account(1);
    const items = [1, 2];
    a.extra = items;
    a.other = { n: [] };
    shared(a);
    expect(repr(tuple([a.extra, a.other]))).toBe("([1, 2], {'n': []})");
    (a.extra as list).append(3);
    expect(repr(a.extra)).toBe("[1, 2, 3]");
    expect(() => items.push(4)).toThrow();
  });

  it("keeps what only its own thread can have", () => {
    const a = new Account(1);
    const map = new Map([["k", 1]]);
    a.extra = map;
    a.other = () => "closure";
    shared(a);
    expect(a.extra).toBe(map);
    expect((a.other as () => string)()).toBe("closure");
  });

  it("refuses to be shared if its class has no name", () => {
    class Hidden extends object {
      x = 1;
    }
    const hidden = new Hidden();
    expect(() => shared(hidden)).toThrow("cannot share function 'Hidden'");
    expect(hidden.x).toBe(1);
  });

  it("has many attributes, in chunks", () => {
    const a = shared(new Account(0)) as any;
    for (let i = 0; i < 100; i++) a[`attribute${i}`] = i;
    for (let i = 0; i < 100; i++) expect(a[`attribute${i}`]).toBe(i);
    expect(Object.keys(vars(a)).length).toBe(102);
    for (let i = 0; i < 100; i++) a[`attribute${i}`] = `text number ${i}`;
    for (let i = 0; i < 100; i++) expect(a[`attribute${i}`]).toBe(`text number ${i}`);
  });

  it("gives its memory back", () => {
    const use = () => {
      const a = new Savings(1, "somebody with a long name");
      a.extra = list([1, "a text of more than five"]);
      const address = addressOf(a as unknown as KeepsIdentity);
      kernel.object_retain(address);
      expect(facade(kindOf(a as never), address)).toBe(a);
      return a;
    };
    const kept = [use()];
    const before = kernel.memory_used();
    kept[0]!.owner = "somebody else with a long name";
    kept[0]!.owner = "somebody with a long name";
    expect(kernel.memory_used()).toBe(before);
  });
});
