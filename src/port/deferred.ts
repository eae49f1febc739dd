// Classes of a module whose bases are values of variables, `class D extends Base` after `const { Base } = …`: a thread that
// loads the code cannot know them yet. They are made where they stand, by the owner of the body alone, and cross as closures do.
import type { Class, Node } from "oxc-parser";
import type { Port } from "./port";
import { definition } from "./syntax";
import { walk } from "./walk";

export function deferredClasses(port: Port): ReadonlySet<Node> {
  const deferred = new Set<Node>();
  for (const statement of port.program.body) {
    const node = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (node?.type === "ClassDeclaration" && !node.declare && waits(port, node, deferred)) deferred.add(node);
  }
  return deferred;
}

function waits(port: Port, { superClass }: Class, deferred: ReadonlySet<Node>): boolean {
  if (!superClass) return false;
  let found = false;
  walk(superClass, (node) => {
    if (node.type !== "Identifier") return;
    const variable = port.variableOf(node);
    if (variable?.scope.kind !== "module") return;
    const { kind, declaration, bindings, reassigned } = variable;
    if (kind === "class") found ||= deferred.has(declaration) || reassigned;
    else if (kind === "let" || kind === "var" || kind === "using") found = true;
    else if (kind === "const" && declaration.type === "VariableDeclaration") {
      const declarator = declaration.declarations.find(({ id }) => id === bindings[0]);
      found ||= !declarator || !definition(declarator.init);
    }
  });
  return found;
}
