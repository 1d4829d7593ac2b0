import {posix} from "node:path";
import ts from "typescript";
import {type SignaturePiece, signatureOf} from "./signature.ts";

/** An export of a file. */
export interface Declaration {
  name: string;
  kind: "function" | "type" | "constant";
  signature: readonly SignaturePiece[];
  /** Its doc comment without stars; empty if there is none. */
  doc: string;
  line: number;
}

/** A source file's exports and comments. */
export interface FileDeclarations {
  path: string;
  /** The comment above the imports; empty if there is none. */
  about: string;
  declarations: readonly Declaration[];
  /** Imported names: the file each comes from, and its name there. */
  imported: ReadonlyMap<string, {path: string; name: string}>;
}

/** The text of a doc comment without stars and indents, with its line breaks. */
const unstarred = (comment: string): string =>
  comment
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd())
    .join("\n")
    .trim();

const docsBefore = (node: ts.Node, text: string): string[] =>
  (ts.getLeadingCommentRanges(text, node.pos) ?? [])
    .map(({pos, end}) => text.slice(pos, end))
    .filter((comment) => comment.startsWith("/**"))
    .map(unstarred);

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({kind}) => kind === ts.SyntaxKind.ExportKeyword);

type Named = Pick<Declaration, "name" | "kind">;

function namesOf(node: ts.Statement): Named[] {
  if (ts.isFunctionDeclaration(node) && node.name) return [{name: node.name.text, kind: "function"}];
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return [{name: node.name.text, kind: "type"}];
  if (!ts.isVariableStatement(node)) return [];
  return node.declarationList.declarations.map(({name, initializer}) => ({
    name: name.getText(),
    kind: initializer && ts.isArrowFunction(initializer) ? "function" : "constant",
  }));
}

/** The exports of one TypeScript file with their doc comments, from the compiler's parser. */
export function declarationsOf(path: string, text: string): FileDeclarations {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const imported = new Map<string, {path: string; name: string}>();
  const declarations: Declaration[] = [];
  let about = "";

  file.statements.forEach((node, i) => {
    const comments = docsBefore(node, text);
    const doc = isExported(node) ? (comments.pop() ?? "") : "";
    if (i === 0) about = comments[0] ?? "";
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const from = posix.join(posix.dirname(path), node.moduleSpecifier.text);
      const bindings = node.importClause?.namedBindings;
      const specifiers = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
      for (const {name, propertyName} of specifiers)
        imported.set(name.text, {path: from, name: (propertyName ?? name).text});
    }
    if (!isExported(node)) return;
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    for (const named of namesOf(node))
      declarations.push({...named, doc, line, signature: signatureOf(node, named.name, file)});
  });

  return {path, about, declarations, imported};
}
