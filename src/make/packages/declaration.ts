import ts from "typescript";

/** A member of an interface. */
export interface Member {
  name: string;
  kind: "method" | "property";
  /** As it is written, without its comment. */
  text: string;
  /** Its doc comment as text, in one line; empty if there is none. */
  doc: string;
  isReadonly: boolean;
  /** Of a property: its type; of a method: what it gives. */
  type: string;
  parameters: readonly {name: string; type: string; isOptional: boolean}[];
}

/** An interface or a type of a source file. */
export interface Declaration {
  name: string;
  /** All of it with its comments, from its keyword on. */
  text: string;
  doc: string;
  /** Empty if it is no interface. */
  members: readonly Member[];
}

function docOf(node: ts.Node, text: string): string {
  const comments = (ts.getLeadingCommentRanges(text, node.pos) ?? []).map(({pos, end}) => text.slice(pos, end));
  const last = comments.filter((comment) => comment.startsWith("/**")).at(-1) ?? "";
  return last
    .replace(/^\/\*\*|\*\/$/g, "")
    .replace(/\s*\n\s*\*?\s*/g, " ")
    .trim();
}

function memberOf(node: ts.TypeElement, text: string): Member[] {
  if (!node.name || !(ts.isPropertySignature(node) || ts.isMethodSignature(node))) return [];
  const isMethod = ts.isMethodSignature(node);
  return [
    {
      name: node.name.getText(),
      kind: isMethod ? "method" : "property",
      text: node.getText(),
      doc: docOf(node, text),
      isReadonly: (node.modifiers ?? []).some(({kind}) => kind === ts.SyntaxKind.ReadonlyKeyword),
      type: node.type?.getText() ?? "unknown",
      parameters: isMethod
        ? node.parameters.map(({name, type, questionToken}) => ({
            name: name.getText(),
            type: type?.getText() ?? "unknown",
            isOptional: questionToken !== undefined,
          }))
        : [],
    },
  ];
}

/** The interface or type `name` in the text of a TypeScript file. Throws if it is not there. */
export function declarationOf(text: string, name: string): Declaration {
  const file = ts.createSourceFile(`${name}.ts`, text, ts.ScriptTarget.ES2023, true);
  const node = file.statements.find(
    (one): one is ts.InterfaceDeclaration | ts.TypeAliasDeclaration =>
      (ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one)) && one.name.text === name,
  );
  if (!node) throw new Error(`packages: there is no type ${name} where it should be`);
  return {
    name,
    text: node.getText().replace(/^export /, ""),
    doc: docOf(node, text),
    members: ts.isInterfaceDeclaration(node) ? node.members.flatMap((member) => memberOf(member, text)) : [],
  };
}
