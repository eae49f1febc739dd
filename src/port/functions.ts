// Which functions and classes of a port can cross to another thread as closures: all that are not known by a name of
// the module's top level. Methods cross with their object.
import type { ArrowFunctionExpression, Class, Function as FunctionNode, Node } from "oxc-parser";
import type { Port } from "./port";
import { captures, type Scope, type Variable } from "./scope";
import { definition } from "./syntax";

export type FunctionLike = FunctionNode | ArrowFunctionExpression;

export interface Closure {
  /** Its number in the module. */
  id: number;
  node: FunctionLike | Class;
  /** The outer variables it uses, below the module's. */
  captured: Variable[];
  usesThis: boolean;
  /** Why it cannot cross, if it cannot. */
  obstacle: string | undefined;
}

export function isFunction(node: Node): node is FunctionLike {
  return (
    node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression"
  );
}

export function isClass(node: Node): node is Class {
  return node.type === "ClassDeclaration" || node.type === "ClassExpression";
}

/** What of `this`, `super`, `arguments`, `new.target` and private names of classes around it a function uses. */
export interface Surroundings {
  usesThis: boolean;
  obstacle: string | undefined;
}

/** The closures of a port, by node. */
export function findClosures(port: Port, deferred: ReadonlySet<Node>): Map<Node, Closure> {
  const closures = new Map<Node, Closure>();
  for (const scope of port.scopes.module.tree()) {
    const node = scope.node as Node;
    if (
      scope.kind === "function"
        ? !isClosure(port, node as FunctionLike)
        : !isLocalClass(port, node) && !deferred.has(node)
    )
      continue;
    closures.set(node, closureOf(port, node as FunctionLike | Class, scope, closures.size));
  }
  return closures;
}

function closureOf(port: Port, node: FunctionLike | Class, scope: Scope, id: number): Closure {
  // A lifted copy declares its own name.
  const captured = [...captures(scope)].filter(({ declaration, reassigned }) => declaration !== node || reassigned);
  return { id, node, captured, ...surroundings(port, node) };
}

function isClosure(port: Port, node: FunctionLike): boolean {
  if (!node.body || isNamed(port, node) || isBody(port, node)) return false;
  const parent = port.parent(node);
  if (parent.type === "MethodDefinition") return false;
  // A getter is none, a method of an object literal is one if its name is known.
  return parent.type !== "Property" || (parent.kind === "init" && !(parent.method && parent.computed));
}

function isLocalClass(port: Port, node: Node): boolean {
  return isClass(node) && !node.declare && !isNamed(port, node);
}

/** Whether a function or class is known by a name that it has at the module's top level. */
function isNamed(port: Port, node: Node): boolean {
  const inner = port.wrapped(node);
  const parent = port.parent(inner);
  if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") {
    return parent.type === "Program" || /^Export/.test(parent.type);
  }
  if (parent.type === "ExportDefaultDeclaration") return true;
  if (parent.type !== "VariableDeclarator" || parent.id.type !== "Identifier" || parent.init !== inner) return false;
  const declaration = port.parent(parent);
  if (declaration.type !== "VariableDeclaration" || declaration.kind !== "const" || !definition(parent.init))
    return false;
  const { type } = port.parent(declaration);
  return type === "Program" || type === "ExportNamedDeclaration";
}

/** Functions of ours that call what they are given at once, and in the same thread. */
const STATEMENTS = new Set(["with_", "try_"]);
const CLAUSES = new Set(["except", "except_star", "else", "finally"]);

/** Whether a function is the body of a statement such as `with_(lock, () => { … })`: it never leaves its thread. */
function isBody(port: Port, node: Node): boolean {
  const call = port.parent(node);
  if (call?.type !== "CallExpression" || !(call.arguments as Node[]).includes(node)) return false;
  let { callee }: { callee: Node } = call;
  while (
    callee.type === "MemberExpression" &&
    callee.property.type === "Identifier" &&
    CLAUSES.has(callee.property.name)
  ) {
    const inner: Node = callee.object;
    if (inner.type !== "CallExpression") return false;
    callee = inner.callee;
  }
  return callee.type === "Identifier" && STATEMENTS.has(callee.name) && isImport(port, callee.name);
}

function isImport(port: Port, name: string): boolean {
  return port.scopes.module.variables.get(name)?.kind === "import";
}

function surroundings(port: Port, node: FunctionLike | Class): Surroundings {
  const found: Surroundings = { usesThis: false, obstacle: undefined };
  const isArrow = node.type === "ArrowFunctionExpression";
  const isMethod = port.parent(node).type === "Property" && !isArrow;
  const uses = port.usesOf(node);
  if (isArrow) {
    found.usesThis = uses.this;
    if (uses.arguments) found.obstacle = "it uses `arguments` of the function around it";
    if (uses.newTarget) found.obstacle = "it uses `new.target` of the function around it";
  }
  if ((isArrow || isMethod) && uses.super) found.obstacle = "it uses `super`";
  if (uses.privateName) found.obstacle = `it uses the private name '#${uses.privateName}' of the class around it`;
  return found;
}
