// What a port assigns to its classes from outside: `C.count = 0`, `C.count += 1`.
import type { Expression, Node } from "oxc-parser";
import { isClass } from "./functions";
import type { Port } from "./port";
import type { Variable } from "./scope";
import { definition, unwrap } from "./syntax";
import { walk } from "./walk";

/** The names of the attributes, by class. */
export function findAssigned(port: Port): Map<Node, Set<string>> {
  const found = new Map<Node, Set<string>>();
  walk(port.program, (node) => {
    const target = node.type === "AssignmentExpression" ? node.left : node.type === "UpdateExpression" && node.argument;
    if (!target) return;
    const member = unwrap(target as Expression);
    if (member.type !== "MemberExpression" || member.computed || member.property.type !== "Identifier") return;
    const object = unwrap(member.object);
    const variable = object.type === "Identifier" ? port.variableOf(object) : undefined;
    const cls = variable && classOf(variable);
    if (!cls) return;
    const names = found.get(cls);
    if (names) names.add(member.property.name);
    else found.set(cls, new Set([member.property.name]));
  });
  return found;
}

function classOf({ kind, declaration, bindings, reassigned }: Variable): Node | undefined {
  if (reassigned) return undefined;
  if (isClass(declaration)) return declaration;
  if (kind !== "const" || declaration.type !== "VariableDeclaration") return undefined;
  const value = definition(declaration.declarations.find(({ id }) => id === bindings[0])?.init ?? null);
  return value && isClass(value) ? value : undefined;
}
