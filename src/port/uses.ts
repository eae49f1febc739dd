// What functions and classes use of the function or class around them.
import type { Node, Program } from "oxc-parser";
import { walk } from "./walk";

export interface Uses {
  this: boolean;
  arguments: boolean;
  newTarget: boolean;
  super: boolean;
  /** A private name of a class outside. */
  privateName: string | undefined;
}

/** By function and class, for the whole port in one walk. */
export function findUses(program: Program): Map<Node, Uses> {
  const found = new Map<Node, Uses>();
  const open: Node[] = [];
  walk(
    program,
    (node) => {
      if (opens(node)) {
        found.set(node, { this: false, arguments: false, newTarget: false, super: false, privateName: undefined });
        open.push(node);
        return;
      }
      if (node.type === "PrivateIdentifier") return notePrivate(found, open, node.name);
      const use = useOf(node);
      if (!use) return;
      for (let at = open.length - 1; at >= 0; at--) {
        const around = open[at]!;
        found.get(around)![use] = true;
        // A function of its own has these for itself; `super` is its method's.
        if (around.type !== "ArrowFunctionExpression") break;
      }
    },
    (node) => {
      if (open.at(-1) === node) open.pop();
    },
  );
  return found;
}

function opens(node: Node): boolean {
  switch (node.type) {
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "ClassDeclaration":
    case "ClassExpression":
      return true;
    default:
      return false;
  }
}

function useOf(node: Node): "this" | "arguments" | "newTarget" | "super" | undefined {
  if (node.type === "ThisExpression") return "this";
  if (node.type === "Super") return "super";
  if (node.type === "Identifier" && node.name === "arguments") return "arguments";
  return node.type === "MetaProperty" && node.meta.name === "new" ? "newTarget" : undefined;
}

/** Every function and class between the use and the class that declares the name depends on that class. */
function notePrivate(found: Map<Node, Uses>, open: Node[], name: string): void {
  for (let at = open.length - 1; at >= 0; at--) {
    const around = open[at]!;
    if ((around.type === "ClassDeclaration" || around.type === "ClassExpression") && declares(around, name)) return;
    found.get(around)!.privateName ??= name;
  }
}

function declares({ body }: Extract<Node, { type: "ClassDeclaration" | "ClassExpression" }>, name: string): boolean {
  return body.body.some(
    (member) => "key" in member && member.key.type === "PrivateIdentifier" && member.key.name === name,
  );
}
