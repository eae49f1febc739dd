// `using` at a module's top level: the values are disposed of when the body ends, or fails. A declaration of JavaScript's
// own would reach no further than the owner's block that it stands in.
import type { Statement, VariableDeclaration } from "oxc-parser";
import type { Draft } from "./draft";

export function isUsing(statement: Statement): statement is VariableDeclaration {
  return statement.type === "VariableDeclaration" && statement.kind.endsWith("using") && !statement.declare;
}

export class Disposal {
  private readonly stack: string;
  private readonly dispose: string;
  private readonly wait: string;

  constructor(private readonly draft: Draft) {
    const { port } = draft;
    this.stack = port.fresh("$using");
    this.dispose = port.fresh("$dispose");
    const isAsync = port.program.body.some((statement) => isUsing(statement) && statement.kind === "await using");
    this.wait = isAsync ? "await " : "";
    draft.opening.push(this.helper());
  }

  /** `using a = f()` → `using a = $using.add(f())`, and then an assignment like any other. */
  declare(declaration: VariableDeclaration): void {
    for (const { init } of declaration.declarations) {
      this.draft.port.code.prependRight(init!.start, `${this.stack}.add(`).appendLeft(init!.end, ")");
    }
  }

  /** What ends an owner's block after the first declaration. */
  get close(): string {
    return ` } catch ($) { ${this.wait}${this.dispose}({ error: $ }); } }`;
  }

  /** What ends the body. */
  get end(): string {
    return `\nif (${this.draft.own}) ${this.wait}${this.dispose}();`;
  }

  /** Each value has a scope of its own around that of the next, so that JavaScript's rules for errors hold. */
  private helper(): string {
    const { stack, dispose, wait } = this;
    return (
      `const ${stack} = []; ${stack}.add = ($) => (${stack}.push($), $); ` +
      `${wait && "async "}function ${dispose}(failure, at = 0) { if (at < ${stack}.length) ` +
      `{ ${wait}using _ = ${stack}[at]; ${wait}${dispose}(failure, at + 1); } else if (failure) throw failure.error; }`
    );
  }
}
