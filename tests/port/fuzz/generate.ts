// Random programs, written in both languages at once: assignments, closures, lists, calls, tests, errors and threads.
// Every value is a number ≥ 0, a list, or a closure; every loop ends.

export interface Program {
  python: string;
  port: string;
}

type Line = [python: string, port: string];

interface Scope {
  /** Names of numbers, of lists of numbers, and of functions without parameters, by the function that declares them. */
  numbers: string[];
  lists: string[];
  closures: string[];
  /** Numbers of functions around, which a closure may assign. */
  outer: string[];
}

export function generate(seed: number): Program {
  return new Generator(seed).program();
}

class Generator {
  private state: number;
  private names = 0;
  private depth = 0;
  private readonly python: string[] = [];
  private readonly port: string[] = [];

  constructor(private readonly seed: number) {
    this.state = seed * 2654435761 + 1;
  }

  program(): Program {
    this.emit(["import threading", 'import { threading } from "pythreads";']);
    this.emit([
      "",
      'import { Exception, IndexError, isinstance, len, print, range, sorted, sum, TypeError, type } from "pythreads/builtins";',
    ]);
    this.emit([`total = ${this.seed}`, `let total = ${this.seed};`]);
    for (let n = 0; n < 4; n++) this.function(`f${n}`, n);
    for (let n = 0; n < 4; n++) this.emit([`print(f${n}(${n}), total)`, `print(f${n}(${n}), total);`]);
    return { python: `${this.python.join("\n")}\n`, port: `${this.port.join("\n")}\n` };
  }

  private function(name: string, callable: number): void {
    this.open([`def ${name}(p):`, `function ${name}(p: any): any {`]);
    this.emit(["global total", ""]);
    const scope: Scope = { numbers: ["p"], lists: [], closures: [], outer: [] };
    this.block(scope, 6, callable);
    this.emit([`return ${this.number(scope)}`, `return ${this.number(scope, true)};`]);
    this.close();
  }

  /** Several statements; what they declare ends with them. */
  private block(outer: Scope, length: number, callable: number): void {
    const scope: Scope = {
      ...outer,
      numbers: [...outer.numbers],
      lists: [...outer.lists],
      closures: [...outer.closures],
    };
    for (let n = 0; n < length; n++) this.statement(scope, callable);
    if (this.depth === 1) Object.assign(outer, scope);
  }

  private statement(scope: Scope, callable: number): void {
    const pick = this.below(this.depth > 3 ? 8 : 15);
    const [a, b] = [this.pair(scope), this.pair(scope)];
    const list = this.one(scope.lists);
    const target = this.one([...scope.numbers, ...scope.outer]);
    switch (pick) {
      case 0:
        if (this.depth > 1) return this.emit([`total = (total + ${a[0]}) % 1000`, `total = (total + ${a[1]}) % 1000;`]);
        this.emit([`${this.declare(scope.numbers)} = ${a[0]}`, `let ${scope.numbers.at(-1)} = ${a[1]};`]);
        return;
      case 1:
        return this.emit([`total = (total * 3 + ${a[0]}) % 1000`, `total = (total * 3 + ${a[1]}) % 1000;`]);
      case 2:
      case 3:
        if (target)
          this.emit([`${target} = (${a[0]} + ${target}) % 1000`, `${target} = (${a[1]} + ${target}) % 1000;`]);
        return;
      case 4:
        if (!list) return this.newList(scope);
        return this.emit([`${list}.append(${a[0]})`, `${list}.append(${a[1]});`]);
      case 5:
        if (!list) return this.newList(scope);
        return this.emit([
          `print(${list}, len(${list}), ${a[0]} in ${list})`,
          `print(${list}, len(${list}), ${a[1]} in ${list});`,
        ]);
      case 6:
        if (list) this.guarded([`${list}[${this.below(5) - 2}] += 1`, ""], list);
        return;
      case 7:
        return this.emit([`print(${a[0]}, ${b[0]} < ${a[0]})`, `print(${a[1]}, ${b[1]} < ${a[1]});`]);
      case 8: {
        const test = this.test(scope);
        this.open([`if ${test[0]}:`, `if (${test[1]}) {`]);
        this.block(scope, 2, callable);
        this.close();
        this.open(["else:", "else {"]);
        this.block(scope, 2, callable);
        this.close();
        return;
      }
      case 9: {
        const i = this.fresh();
        const count = 1 + this.below(3);
        this.open([`for ${i} in range(${count}):`, `for (const ${i} of range(${count})) {`]);
        this.block({ ...scope, outer: scope.outer, numbers: [...scope.numbers] }, 2, callable);
        this.emit([`total = (total + ${i}) % 1000`, `total = (total + ${i}) % 1000;`]);
        this.close();
        return;
      }
      case 10:
      case 11:
        return this.closure(scope, callable);
      case 12:
        return this.call(scope, callable);
      case 13: {
        const closure = this.one(scope.closures);
        if (!closure) return this.closure(scope, callable);
        const t = this.fresh();
        this.emit([
          `${t} = threading.Thread(target=${closure})`,
          `const ${t} = threading.Thread({ target: ${closure} });`,
        ]);
        return this.emit([`${t}.start(); ${t}.join()`, `${t}.start(); ${t}.join();`]);
      }
      default:
        if (list) this.swap(list);
    }
  }

  /** Declares a list; only at a function's own level, where both languages keep it to the end. */
  private newList(scope: Scope): void {
    if (this.depth > 1) return;
    const items = Array.from({ length: this.below(4) }, () => this.pair(scope));
    const [python, port] = [0, 1].map((i) => items.map((item) => item[i]).join(", "));
    this.emit([`${this.declare(scope.lists)} = [${python}]`, `const ${scope.lists.at(-1)} = [${port}];`]);
  }

  private swap(list: string): void {
    const n = this.below(3);
    const line = `${list}[0], ${list}[${n}] = ${list}[${n}], ${list}[0]`;
    this.guarded([line, `[${list}[0], ${list}[${n}]] = [${list}[${n}], ${list}[0]];`], list);
  }

  /** A statement that may raise IndexError. */
  private guarded([python, port]: [string, string], list: string): void {
    this.open(["try:", "try {"]);
    this.emit([python, port || `${python};`]);
    this.close();
    this.open(["except IndexError as e:", "catch (e: any) { if (!isinstance(e, IndexError)) throw e;"]);
    this.emit([
      `print(type(e).__name__, e.__context__, len(${list}))`,
      `print(type(e).__name__, e.__context__, len(${list}));`,
    ]);
    this.close();
  }

  /** A closure that reads and assigns what is around it. */
  private closure(scope: Scope, callable: number): void {
    if (this.depth > 1) return;
    const name = this.fresh();
    const around = [...scope.numbers];
    const assigned = around.filter(() => this.below(2) === 0);
    const isArrow = this.below(2) === 0;
    this.open([`def ${name}():`, isArrow ? `const ${name} = (): any => {` : `function ${name}(): any {`]);
    this.emit(["global total", ""]);
    if (assigned.length > 0) this.emit([`nonlocal ${assigned.join(", ")}`, ""]);
    const inner: Scope = { numbers: [], lists: scope.lists, closures: [], outer: assigned };
    for (let n = 0; n < 3; n++) this.statement(inner, callable);
    this.emit([
      `return ${this.number({ ...inner, numbers: around })}`,
      `return ${this.number({ ...inner, numbers: around }, true)};`,
    ]);
    this.close();
    scope.closures.push(name);
    if (this.below(2) === 0)
      this.emit([`print(${name}(), ${assigned.join(", ") || 0})`, `print(${name}(), ${assigned.join(", ") || 0});`]);
  }

  /** A call of an earlier function, at times with a wrong number of arguments. */
  private call(scope: Scope, callable: number): void {
    if (callable === 0 || this.depth > 2) return;
    const name = `f${this.below(callable)}`;
    const [python, port] = this.pair(scope);
    const isWrong = this.below(4) === 0;
    if (!isWrong) return this.emit([`print(${name}(${python}))`, `print(${name}(${port}));`]);
    const count = this.below(2) * 2;
    const given = Array(count).fill("1").join(", ");
    this.open(["try:", "try {"]);
    this.emit([`${name}(${given})`, `(${name} as any)(${given});`]);
    this.close();
    this.open(["except TypeError as e:", "catch (e: any) { if (!isinstance(e, TypeError)) throw e;"]);
    this.emit(["print(e)", "print(e);"]);
    this.close();
  }

  private test(scope: Scope): [string, string] {
    const list = this.one(scope.lists);
    const [python, port] = this.pair(scope);
    switch (this.below(list ? 5 : 2)) {
      case 0:
        return [`${python} % 2`, `${port} % 2`];
      case 1:
        return [`not ${python} > 500`, `!(${port} > 500)`];
      case 2:
        return [list!, list!];
      case 3:
        return [`not ${list} and ${python} > 3`, `!${list} && ${port} > 3`];
      default:
        return [`${list} or ${python}`, `${list} || ${port}`];
    }
  }

  private lastNumber: [string, string] = ["", ""];

  /** A number; with `again`, the last one in the port's words. */
  private number(scope: Scope, again = false): string {
    if (!again) this.lastNumber = this.pair(scope);
    return this.lastNumber[again ? 1 : 0];
  }

  private pair(scope: Scope): [python: string, port: string] {
    const name = this.one([...scope.numbers, ...scope.outer]);
    const list = this.one(scope.lists);
    switch (this.below(6)) {
      case 0:
        return same(`${this.below(100)}`);
      case 1:
        return name ? same(`((${name} * 7 + 3) % 1000)`) : same("total");
      case 2:
        return list ? same(`sum(${list})`) : same("total");
      case 3:
        return list ? [`(len(${list}) if ${list} else 9)`, `(${list} ? len(${list}) : 9)`] : same("1");
      case 4:
        return name && list ? [`sorted(${list} + [${name}])[0]`, `sorted([...${list}, ${name}])[0]`] : same("2");
      default:
        return same(name ?? "3");
    }
  }

  private declare(names: string[]): string {
    const name = this.fresh();
    names.push(name);
    return name;
  }

  private fresh(): string {
    return `v${this.names++}`;
  }

  private one<T>(items: T[]): T | undefined {
    return items[this.below(items.length || 1)];
  }

  private below(n: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) | 0;
    return ((this.state >>> 8) % n) | 0;
  }

  private open(line: Line): void {
    this.emit(line);
    this.depth++;
  }

  private close(): void {
    this.python.push(`${"    ".repeat(this.depth)}pass`);
    this.depth--;
    this.port.push(`${"  ".repeat(this.depth)}}`);
  }

  private emit(line: Line): void {
    const [python, port] = line;
    if (python) this.python.push("    ".repeat(this.depth) + python);
    if (port) this.port.push("  ".repeat(this.depth) + port);
  }
}

function same(text: string): [string, string] {
  return [text, text];
}
