// Reads the scopes off the syntax tree. Types are no part of it: a name in a type position is never a use.
import {
  type ArrowFunctionExpression,
  type Class,
  type Function as FunctionNode,
  type Node,
  type Program,
  visitorKeys,
} from "oxc-parser";
import {
  type Access,
  type IdentifierNode,
  type Reference,
  Scope,
  type ScopeKind,
  type Variable,
  type VariableKind,
} from "./scope";

export interface ScopeTree {
  module: Scope;
  /** The parent of every node that was visited; names of properties, labels and types were not. */
  parents: Map<Node, Node>;
  /** What each use of a declared name means. */
  variables: Map<Node, Variable>;
  /** Uses of names that the port does not declare. */
  free: Reference[];
  /** The first `await` outside of any function. */
  topLevelAwait: Node | undefined;
}

type Child = Node | null | undefined;

export function analyze(program: Program): ScopeTree {
  return new Analysis(program).result();
}

class Analysis {
  private scope: Scope;
  private readonly module: Scope;
  private readonly parents = new Map<Node, Node>();
  private readonly references: Reference[] = [];
  private topLevelAwait: Node | undefined;

  constructor(program: Program) {
    this.scope = this.module = new Scope("module", program);
    this.all(program.body, program);
  }

  result(): ScopeTree {
    const { module, parents, topLevelAwait } = this;
    const variables = new Map<Node, Variable>();
    for (const reference of this.references) {
      reference.variable = reference.scope.lookup(reference.identifier.name);
      reference.variable?.references.push(reference);
      if (reference.variable) variables.set(reference.identifier, reference.variable);
    }
    return { module, parents, variables, topLevelAwait, free: this.references.filter(({ variable }) => !variable) };
  }

  private all(nodes: readonly Child[], parent: Node): void {
    for (const node of nodes) this.visit(node, parent);
  }

  private visit(node: Child, parent: Node): void {
    if (!node) return;
    this.parents.set(node, parent);
    switch (node.type) {
      case "Identifier":
        this.use(node, "read");
        return;
      case "VariableDeclaration":
        if (!node.declare) this.variables(node);
        return;
      case "FunctionDeclaration":
        if (node.id && !node.declare) this.scope.declare(node.id, "function", node);
        this.inside("function", node, () => this.function(node));
        return;
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        this.inside("function", node, () => this.function(node));
        return;
      case "ClassDeclaration":
        if (node.declare) return;
        if (node.id) this.scope.declare(node.id, "class", node);
        this.inside("class", node, () => this.class(node));
        return;
      case "ClassExpression":
        this.inside("class", node, () => this.class(node));
        return;
      case "StaticBlock":
        this.inside("static", node, () => this.all(node.body, node));
        return;
      case "BlockStatement":
        this.inside("block", node, () => this.all(node.body, node));
        return;
      case "ForStatement":
        this.inside("for", node, () => this.all([node.init, node.test, node.update, node.body], node));
        return;
      case "ForInStatement":
      case "ForOfStatement":
        if (node.type === "ForOfStatement" && node.await) this.await(node);
        this.inside("for", node, () => {
          if (node.left.type === "VariableDeclaration") this.visit(node.left, node);
          else this.target(node.left, node, "write");
          this.all([node.right, node.body], node);
        });
        return;
      case "SwitchStatement":
        this.visit(node.discriminant, node);
        this.inside("switch", node, () => this.all(node.cases, node));
        return;
      case "CatchClause":
        this.inside("catch", node, () => {
          if (node.param) this.bind(node.param, node, "catch", node);
          this.visit(node.body, node);
        });
        return;
      case "AssignmentExpression":
        this.target(node.left, node, node.operator === "=" ? "write" : "update");
        this.visit(node.right, node);
        return;
      case "UpdateExpression":
        this.target(node.argument, node, "update");
        return;
      case "AwaitExpression":
        this.await(node);
        this.visit(node.argument, node);
        return;
      case "MemberExpression":
        this.visit(node.object, node);
        if (node.computed) this.visit(node.property, node);
        return;
      case "Property":
        if (node.computed) this.visit(node.key, node);
        this.visit(node.value, node);
        return;
      case "MethodDefinition":
      case "PropertyDefinition":
      case "AccessorProperty":
        this.all(node.decorators, node);
        if (node.computed) this.visit(node.key, node);
        this.visit(node.value, node);
        return;
      case "LabeledStatement":
        this.visit(node.body, node);
        return;
      case "ImportDeclaration":
        this.imports(node);
        return;
      case "ExportNamedDeclaration":
        this.exports(node);
        return;
      case "TSEnumDeclaration":
        if (!node.declare) this.enum(node);
        return;
      case "TSModuleDeclaration":
        if (!node.declare) this.namespace(node);
        return;
      case "TSAsExpression":
      case "TSSatisfiesExpression":
      case "TSNonNullExpression":
      case "TSTypeAssertion":
      case "TSInstantiationExpression":
        this.visit(node.expression, node);
        return;
      case "BreakStatement":
      case "ContinueStatement":
      case "MetaProperty":
      case "ExportAllDeclaration":
        return;
      default:
        if (!node.type.startsWith("TS")) this.children(node);
    }
  }

  private children(node: Node): void {
    for (const key of visitorKeys[node.type] ?? []) {
      const child = (node as unknown as Record<string, Child | Child[]>)[key];
      if (Array.isArray(child)) this.all(child, node);
      else this.visit(child, node);
    }
  }

  private inside(kind: ScopeKind, node: Node, read: () => void): void {
    const outer = this.scope;
    this.scope = new Scope(kind, node, outer);
    read();
    this.scope = outer;
  }

  private use(identifier: IdentifierNode, access: Access): void {
    const reference: Reference = { identifier, access, scope: this.scope, variable: undefined };
    this.scope.references.push(reference);
    this.references.push(reference);
  }

  private await(node: Node): void {
    for (let scope: Scope | undefined = this.scope; scope; scope = scope.parent) if (scope.kind === "function") return;
    this.topLevelAwait ??= node;
  }

  private variables(node: Extract<Node, { type: "VariableDeclaration" }>): void {
    const kind = node.kind === "await using" ? "using" : node.kind;
    if (node.kind === "await using") this.await(node);
    for (const declarator of node.declarations) {
      this.parents.set(declarator, node);
      this.bind(declarator.id, declarator, kind, node);
      this.visit(declarator.init, declarator);
    }
  }

  private function(node: FunctionNode | ArrowFunctionExpression): void {
    if (node.type === "FunctionExpression" && node.id) this.scope.declare(node.id, "self", node);
    for (const param of node.params) {
      const pattern = param.type === "TSParameterProperty" ? param.parameter : param;
      if (pattern.type !== "Identifier" || pattern.name !== "this") this.bind(pattern, node, "param", node);
    }
    if (!node.body) return;
    this.parents.set(node.body, node);
    // Parameters and body share a scope: `var x` of a parameter's name is the parameter.
    if (node.body.type === "BlockStatement") this.all(node.body.body, node.body);
    else this.visit(node.body, node);
  }

  private class(node: Class): void {
    if (node.type === "ClassExpression" && node.id) this.scope.declare(node.id, "self", node);
    this.all(node.decorators, node);
    this.visit(node.superClass, node);
    this.visit(node.body, node);
  }

  /** The names a pattern declares; what stands in it as default or computed key is read. */
  private bind(pattern: Node, parent: Node, kind: VariableKind, declaration: Node): void {
    this.pattern(pattern, parent, (identifier) => {
      const scope = kind === "var" ? this.scope.hoistTarget : this.scope;
      scope.declare(identifier, kind, declaration);
    });
  }

  /** What is written: a name, a member, or a pattern of them. */
  private target(pattern: Node, parent: Node, access: Access): void {
    this.pattern(pattern, parent, (identifier) => this.use(identifier, access));
  }

  private pattern(node: Child, parent: Node, name: (identifier: IdentifierNode) => void): void {
    if (!node) return;
    this.parents.set(node, parent);
    switch (node.type) {
      case "Identifier":
        name(node);
        return;
      case "ArrayPattern":
        for (const element of node.elements) this.pattern(element, node, name);
        return;
      case "ObjectPattern":
        for (const property of node.properties) this.pattern(property, node, name);
        return;
      case "Property":
        if (node.computed) this.visit(node.key, node);
        this.pattern(node.value, node, name);
        return;
      case "RestElement":
        this.pattern(node.argument, node, name);
        return;
      case "AssignmentPattern":
        this.pattern(node.left, node, name);
        this.visit(node.right, node);
        return;
      case "ParenthesizedExpression":
      case "TSAsExpression":
      case "TSSatisfiesExpression":
      case "TSNonNullExpression":
      case "TSTypeAssertion":
        this.pattern(node.expression, node, name);
        return;
      default:
        this.visit(node, parent);
        return;
    }
  }

  private imports(node: Extract<Node, { type: "ImportDeclaration" }>): void {
    if (node.importKind === "type") return;
    for (const specifier of node.specifiers) {
      if (specifier.type === "ImportSpecifier" && specifier.importKind === "type") continue;
      this.parents.set(specifier, node);
      this.scope.declare(specifier.local, "import", specifier);
    }
  }

  private exports(node: Extract<Node, { type: "ExportNamedDeclaration" }>): void {
    this.visit(node.declaration, node);
    if (node.source || node.exportKind === "type") return;
    for (const specifier of node.specifiers) {
      if (specifier.exportKind === "type" || specifier.local.type !== "Identifier") continue;
      this.parents.set(specifier, node);
      this.visit(specifier.local, specifier);
    }
  }

  private enum(node: Extract<Node, { type: "TSEnumDeclaration" }>): void {
    this.scope.declare(node.id, "enum", node);
    this.inside("enum", node, () => {
      for (const member of node.body.members) {
        if (member.id.type === "Identifier") this.scope.declare(member.id, "member", member);
        this.visit(member.initializer, member);
      }
    });
  }

  private namespace(node: Extract<Node, { type: "TSModuleDeclaration" }>): void {
    let name: Node = node.id;
    while (name.type === "TSQualifiedName") name = name.left;
    if (name.type === "Identifier") this.scope.declare(name as IdentifierNode, "namespace", node);
    const { body } = node;
    if (body) this.inside("namespace", node, () => this.all(body.body, body));
  }
}
