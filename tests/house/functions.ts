import ts from "typescript";

/** A function of a source file: where it begins, its name where it has one, and how many lines it takes. */
export interface Length {
  path: string;
  line: number;
  name: string;
  lines: number;
}

/** The front matter and the scripts of an Astro file, each with its first line; other files are one piece. */
function pieces(path: string, text: string): {code: string; line: number}[] {
  if (!path.endsWith(".astro")) return [{code: text, line: 1}];
  return [...text.matchAll(/^---\n([\s\S]*?)\n---|<script\b[^>]*>([\s\S]*?)<\/script>/gm)].map((match) => {
    const code = match[1] ?? match[2] ?? "";
    return {code, line: text.slice(0, match.index + match[0].indexOf(code)).split("\n").length};
  });
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (node.name) return node.name.getText();
  const {parent} = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name.getText();
  return "(without a name)";
}

/** Every function in a TypeScript or Astro file, those inside others too. */
export function functionsOf(path: string, text: string): Length[] {
  return pieces(path, text).flatMap(({code, line}) => {
    const file = ts.createSourceFile("piece.ts", code, ts.ScriptTarget.ES2023, true);
    const lineAt = (position: number) => file.getLineAndCharacterOfPosition(position).line;
    const found: Length[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node) && "body" in node && node.body) {
        const [first, last] = [lineAt(node.getStart()), lineAt(node.end)];
        found.push({path, line: line + first, name: nameOf(node), lines: last - first + 1});
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  });
}
