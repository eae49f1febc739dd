// Pass 1: module variables become slots, which all threads of the process share.
import type { Node } from "oxc-parser";
import type { Draft } from "./draft";
import { replaceName } from "./references";
import { crosses, type Reference, type Scope, type Variable } from "./scope";
import { definition, isAnonymous } from "./syntax";

/** Names the runtime's Module has for itself. */
const RESERVED = new Set(["$own", "$id", "$file", "$define", "$export", "$forget", "$exportAll", "$closures"]);

/** Decides what each module variable becomes. */
export function chooseSlots(draft: Draft, exported: ReadonlySet<Variable>): void {
  const { module } = draft.port.scopes;
  for (const variable of module.variables.values()) {
    if (isAssignable(variable)) {
      const shared = exported.has(variable) || variable.references.some((reference) => crosses(reference, module));
      if (shared) addSlot(draft, variable);
      else draft.locals.push(variable.name);
    } else if (isDefinition(variable) && (variable.reassigned || draft.deferred.has(variable.declaration))) {
      addSlot(draft, variable);
    }
  }
}

/** Writes every use of a variable that has another form by now. */
export function replaceUses(draft: Draft): void {
  for (const [variable, text] of draft.texts) {
    const use = literalOf(draft, variable, text) ?? text;
    for (const reference of variable.references) {
      if (!isOwnName(draft, variable, reference)) replaceName(draft.port, reference.identifier, use);
    }
    if (isAssignable(variable)) for (const binding of variable.bindings) replaceName(draft.port, binding, text);
  }
  for (const { identifier } of draft.port.scopes.free) {
    if (identifier.name === "__name__") replaceName(draft.port, identifier, `${draft.m}.__name__`);
  }
}

/** `N = 1000`: the host need not be told what a thread has read as soon as it has read it, and loops that count to N know it. */
function literalOf(
  { port, slots }: Draft,
  { name, kind, declaration, bindings }: Variable,
  text: string,
): string | undefined {
  if (kind !== "const" || declaration.type !== "VariableDeclaration") return undefined;
  const init = declaration.declarations.find(({ id }) => id === bindings[0])?.init;
  const constant = slots.find((slot) => slot.name === name)?.constant;
  if (!init || !constant || init.type !== "Literal" || typeof init.value !== "number") return undefined;
  return `(${constant} === undefined ? ${text} : ${port.source.slice(init.start, init.end)})`;
}

/** Whether a class that is made when the body runs is meant by its own name within: the variable has no value yet. */
function isOwnName({ deferred, closures }: Draft, { declaration }: Variable, { scope: from }: Reference): boolean {
  if (!deferred.has(declaration)) return false;
  let scope: Scope | undefined = from;
  while (scope && scope.node !== declaration && !closures.has(scope.node)) scope = scope.parent;
  return scope?.node === declaration;
}

/** Assigning to a constant is an error that need not wait for the program to run. */
export function checkConstants(draft: Draft): void {
  for (const scope of draft.port.scopes.module.tree()) {
    for (const { name, kind, references } of scope.variables.values()) {
      const write = references.find((reference) => reference.access !== "read");
      if (!write) continue;
      const place = write.identifier;
      if (kind === "const" || kind === "using") {
        throw draft.port.error(`assignment to constant '${name}'`, place, `Declare it with \`let ${name}\`.`);
      }
      if (kind === "import") {
        const remedy = `Import the module, \`import * as module from …\`, and assign \`module.${name}\`, as in Python.`;
        throw draft.port.error(`assignment to imported name '${name}'`, place, remedy);
      }
    }
  }
}

function isDefinition({ kind }: Variable): boolean {
  return kind === "function" || kind === "class";
}

/** A variable of a declaration that becomes an assignment; constant functions stay as they are. */
function isAssignable({ kind, declaration, bindings }: Variable): boolean {
  if (kind === "var" || kind === "let" || kind === "using") return true;
  if (kind !== "const" || declaration.type !== "VariableDeclaration") return false;
  const declarator = declaration.declarations.find(({ id }) => id === bindings[0]);
  return !declarator || !definition(declarator.init);
}

function addSlot(draft: Draft, variable: Variable): void {
  const { name, kind, bindings } = variable;
  if (RESERVED.has(name)) {
    throw draft.port.error(`the name '${name}' is taken by the port compiler`, bindings[0]!, "Choose another name.");
  }
  const text = draft.addSlot(name, kind === "const" || kind === "using");
  draft.texts.set(variable, text);
  if (kind === "var") draft.prologue.push(`if (${draft.own}) ${text} = undefined;`);
  if (kind === "function") {
    // Defined under a name of its own, since the variable's is the slot's.
    draft.prologue.push(draft.define(`$${name}`, name, variable.declaration), `if (${draft.own}) ${text} = ${name};`);
  }
}

/** What JavaScript does for `f = () => …` it does not do for `$m.f = () => …`. */
export function nameFunctions(draft: Draft): void {
  const named = [...draft.texts].map(([variable, text]) => [variable, text.slice(text.lastIndexOf(".") + 1)] as const);
  for (const variable of draft.cells) named.push([variable, variable.name]);
  // The bundler may call a variable of a function otherwise.
  for (const scope of draft.port.scopes.module.tree()) {
    if (scope.kind === "module") continue;
    for (const variable of scope.variables.values()) {
      if (/^(?:const|let|var)$/.test(variable.kind) && !draft.cells.has(variable))
        named.push([variable, variable.name]);
    }
  }
  for (const [variable, key] of named) {
    if (key === "__proto__") continue;
    for (const identifier of [...variable.bindings, ...variable.references.map((use) => use.identifier)]) {
      const value = valueGivenTo(identifier, draft.port.parent(identifier));
      if (value && isAnonymous(value)) draft.wrap(value, `{ ${key}: `, ` }.${key}`);
    }
  }
}

function valueGivenTo(target: Node, parent: Node) {
  switch (parent?.type) {
    case "VariableDeclarator":
      return parent.id === target ? parent.init : null;
    case "AssignmentExpression":
      return parent.left === target && /^(&&|\|\||\?\?)?=$/.test(parent.operator) ? parent.right : null;
    case "AssignmentPattern":
      return parent.left === target ? parent.right : null;
    default:
      return null;
  }
}
