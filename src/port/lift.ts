// Copies of closures at the module's top level. Each stands in a function that has the captured variables for its own, so
// that any thread can make the closure anew from their values.
import type { Class, Node } from "oxc-parser";
import type { Draft } from "./draft";
import { type Closure, isClass } from "./functions";
import { member } from "./imports";
import { parameterNames } from "./syntax";

/** Copies a closure as it is written by now. `node` is its function or class, or the property whose method it is. */
export function liftClosure(draft: Draft, closure: Closure, node: Node): void {
  const { port, lifted } = draft;
  if (closure.obstacle) return;
  const names = closure.captured.map(({ name }) => name);
  const factory = port.fresh(`$c${closure.id}`);
  const [open, close] = frame(draft, node);
  const copy = port.code.snip(node.start, node.end);
  const declared = names.length > 0 ? `let ${names.join(", ")}; ` : "";
  const setter = names.length > 0 ? `, ($) => { [${names.join(", ")}] = $; }` : ", undefined";
  copy
    .prepend(`function ${factory}() { ${declared}return [${open}`)
    .append(`${close}${setter}${isClass(node) ? ", true" : ""}]; }`);
  lifted.push(copy);
  draft.factories.push(
    `${closure.id}: ${JSON.stringify(names).replace("[", `[${factory}${names.length > 0 ? ", " : ""}`)}`,
  );
  const parameters = parameterNames(node.type === "Property" ? node.value : node);
  if (parameters?.length) draft.parameters.push(`${closure.id}: ${JSON.stringify(parameters)}`);
}

function frame({ py }: Draft, node: Node): [open: string, close: string] {
  if (node.type === "FunctionDeclaration" && node.id) return [`${py}.named(`, `, ${JSON.stringify(node.id.name)})`];
  // A class is evaluated when its captured variables are there, for its heritage and static members.
  if (isClass(node)) return ["() => (", ")"];
  if (node.type === "Property") {
    const { key } = node;
    return [
      "({ ",
      ` })${member("", key.type === "Identifier" ? key.name : String((key as { value: unknown }).value))}`,
    ];
  }
  return ["(", ")"];
}

/** A class cannot be asked for its captured variables by a call: it hands them over when it is made. */
export function tagClass({ port, closures, py, id }: Draft, node: Class): void {
  const closure = closures.get(node);
  if (!closure || closure.obstacle) return;
  const names = closure.captured.map(({ name }) => name).join(", ");
  port.code.appendLeft(node.body.start + 1, ` static { ${py}.tag(this, "${id}:${closure.id}", () => [${names}]); }`);
}
