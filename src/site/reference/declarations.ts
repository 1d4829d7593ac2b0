import ts from "typescript";

/** An export of a file. */
export interface Declaration {
  name: string;
  kind: "function" | "type" | "constant";
  /** A function without its body, a type in full, a constant with its type or value. */
  signature: string;
  /** Its doc comment without stars; empty if there is none. */
  doc: string;
  line: number;
}

/** A source file's exports and its first comment. */
export interface FileDeclarations {
  path: string;
  /** The comment above the imports; empty if there is none. */
  about: string;
  declarations: readonly Declaration[];
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

/** The value of a constant without a type: as written if it is short, otherwise an object's keys or an ellipsis. */
function briefValue(value: ts.Expression): string {
  let bare = value;
  while (ts.isAsExpression(bare) || ts.isSatisfiesExpression(bare)) bare = bare.expression;
  const text = bare.getText();
  if (text.length <= 80 && !text.includes("\n")) return text;
  if (!ts.isObjectLiteralExpression(bare)) return "…";
  return `{${bare.properties.map(({name}) => name?.getText() ?? "…").join(", ")}}`;
}

type Named = Pick<Declaration, "name" | "kind" | "signature">;

/** What a variable is: an arrow function up to its last arrow, or a constant. */
function variable({name, type, initializer}: ts.VariableDeclaration, text: string): Named {
  const own = name.getText();
  if (initializer && ts.isArrowFunction(initializer)) {
    let inner = initializer;
    while (ts.isArrowFunction(inner.body)) inner = inner.body;
    const head = text.slice(name.getStart(), inner.equalsGreaterThanToken.end);
    return {name: own, kind: "function", signature: `${head} …`};
  }
  const signature =
    type || !initializer ? text.slice(name.getStart(), type?.end ?? name.end) : `${own} = ${briefValue(initializer)}`;
  return {name: own, kind: "constant", signature};
}

/** The functions, types and constants that a statement declares. */
function namesIn(node: ts.Statement, text: string): Named[] {
  if (ts.isFunctionDeclaration(node) && node.name) {
    const head = text.slice(node.name.getStart(), node.body?.getStart() ?? node.end).trimEnd();
    return [{name: node.name.text, kind: "function", signature: node.asteriskToken ? `function* ${head}` : head}];
  }
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
    const keyword = ts.isInterfaceDeclaration(node) ? "interface" : "type";
    return [
      {name: node.name.text, kind: "type", signature: `${keyword} ${text.slice(node.name.getStart(), node.end)}`},
    ];
  }
  return ts.isVariableStatement(node) ? node.declarationList.declarations.map((one) => variable(one, text)) : [];
}

/** The exports of one TypeScript file with their doc comments, from the compiler's parser. */
export function declarationsOf(path: string, text: string): FileDeclarations {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const declarations: Declaration[] = [];
  let about = "";
  for (const [i, node] of file.statements.entries()) {
    const comments = docsBefore(node, text);
    const doc = isExported(node) ? (comments.pop() ?? "") : "";
    if (i === 0) about = comments[0] ?? "";
    if (!isExported(node)) continue;
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    for (const named of namesIn(node, text)) declarations.push({...named, doc, line});
  }
  return {path, about, declarations};
}
