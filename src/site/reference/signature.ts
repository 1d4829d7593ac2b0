import ts from "typescript";

/** A piece of a signature's text: plain, the name of a type, or a parameter that is one of the paper's symbols. */
export interface SignaturePiece {
  text: string;
  type?: string;
  symbol?: string;
}

/** Parameters that are a symbol of the paper if they have this type. */
const symbols: Readonly<Record<string, readonly [symbol: string, type: string]>> = {
  W0: ["W0", "Matrix"],
  A: ["A", "Matrix"],
  B: ["B", "Matrix"],
  x: ["x", "Matrix"],
  r: ["r", "number"],
  alpha: ["alpha", "number"],
};

/** A place in the source text that is the name of a type or a symbol. */
interface Mark {
  start: number;
  end: number;
  type?: string;
  symbol?: string;
}

/** The names of types and the symbols inside a node, in the order of the text. */
function marksIn(root: ts.Node): Mark[] {
  const marks: Mark[] = [];
  const mark = (name: ts.Node, what: {type: string} | {symbol: string}) =>
    marks.push({start: name.getStart(), end: name.end, ...what});
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) mark(node.typeName, {type: node.typeName.text});
    if (ts.isTypeQueryNode(node) && ts.isIdentifier(node.exprName)) mark(node.exprName, {type: node.exprName.text});
    if (ts.isExpressionWithTypeArguments(node)) mark(node.expression, {type: node.expression.getText()});
    if ((ts.isParameter(node) || ts.isPropertySignature(node)) && Object.hasOwn(symbols, node.name.getText())) {
      const [symbol, type] = symbols[node.name.getText()]!;
      if (node.type?.getText() === type) mark(node.name, {symbol});
    }
    ts.forEachChild(node, visit);
  };
  visit(root);
  return marks.sort((a, b) => a.start - b.start);
}

/** The text from start to end, cut at the edges of marks. */
function cut(file: ts.SourceFile, marks: readonly Mark[], start: number, end: number): SignaturePiece[] {
  const pieces: SignaturePiece[] = [];
  let at = start;
  for (const {start: from, end: to, ...what} of marks.filter((one) => one.start >= start && one.end <= end)) {
    if (from > at) pieces.push({text: file.text.slice(at, from)});
    pieces.push({text: file.text.slice(from, to), ...what});
    at = to;
  }
  const last = file.text.slice(at, end).trimEnd();
  return last ? [...pieces, {text: last}] : pieces;
}

/** The value of a constant without a type: as written if it is short, otherwise an object's keys or an ellipsis. */
function briefValue(value: ts.Expression): string {
  let bare = value;
  while (ts.isAsExpression(bare) || ts.isSatisfiesExpression(bare)) bare = bare.expression;
  const text = bare.getText();
  if (text.length <= 80 && !text.includes("\n")) return text;
  if (!ts.isObjectLiteralExpression(bare)) return "…";
  return `{${bare.properties.map(({name}) => name?.getText() ?? "…").join(", ")}}`;
}

/** The signature of an export: a function without its body, a type in full, a constant with its type or value. */
export function signatureOf(node: ts.Statement, name: string, file: ts.SourceFile): SignaturePiece[] {
  const marks = marksIn(node);
  if (ts.isFunctionDeclaration(node)) {
    const star = node.asteriskToken ? [{text: "function* "}] : [];
    return [...star, ...cut(file, marks, node.name!.getStart(), node.body?.getStart() ?? node.end)];
  }
  if (!ts.isVariableStatement(node)) {
    const keyword = ts.isInterfaceDeclaration(node) ? "interface " : "type ";
    const start = (node as ts.InterfaceDeclaration | ts.TypeAliasDeclaration).name.getStart();
    return [{text: keyword}, ...cut(file, marks, start, node.end)];
  }
  const one = node.declarationList.declarations.find((declaration) => declaration.name.getText() === name)!;
  const start = one.name.getStart();
  const value = one.initializer;
  if (value && ts.isArrowFunction(value)) {
    let inner = value;
    while (ts.isArrowFunction(inner.body)) inner = inner.body;
    return [...cut(file, marks, start, inner.equalsGreaterThanToken.end), {text: " …"}];
  }
  if (one.type || !value) return cut(file, marks, start, one.type?.end ?? one.end);
  return [{text: `${name} = ${briefValue(value)}`}];
}
