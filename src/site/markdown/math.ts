import katex from "katex";
import {defineHastPlugin, type HastNode, type HastVisitorContext, htmlToHast} from "satteri";
import {joinedAfter, joinedBefore, keepTogether, type Neighbors} from "./keepTogether.ts";

/**
 * The paper's symbols: command → [its TeX, its name in `data-symbol`]. Prose, figures and styles share the name. The `s` avoids
 * KaTeX's own \r, \d, \k and \A.
 */
export const symbols = {
  "\\sA": ["A", "A"], // down-projection, r × k
  "\\sB": ["B", "B"], // up-projection, d × r
  "\\sW": ["W_0", "W0"], // frozen weights, d × k
  "\\sdW": ["\\Delta W", "dW"], // the update, BA
  "\\sx": ["x", "x"], // input activations
  "\\sh": ["h", "h"], // output activations
  "\\sr": ["\\boldsymbol{r}", "r"], // rank
  "\\sal": ["\\boldsymbol{\\alpha}", "alpha"], // scale
  "\\sd": ["d", "d"], // rows of the frozen weights
  "\\sk": ["k", "k"], // columns of the frozen weights
} as const;

const commands = new Map<string, string>(Object.entries(symbols).map(([command, [, name]]) => [name, command]));

/** The command of a symbol with a color, by its name in `data-symbol`: "dW" → "\\sdW". */
export const commandOf = (name: string): string | undefined => commands.get(name);

const macros = [
  ...Object.entries(symbols).map(([command, [tex, name]]) => [command, `\\htmlData{symbol=${name}}{${tex}}`]),
  // A symbol of one equation, by its name in formulas.ts: \sym{yt}{y_t}.
  ["\\sym", "\\htmlData{symbol=#1}{#2}"],
];

/** Throws, because KaTeX would print an untrusted command in red and go on. */
const trust = ({command}: {command: string}) => {
  if (command === "\\htmlData") return true;
  throw new Error(`${command} is not among the trusted commands`);
};

interface MathOptions {
  /** In display style, on a line of its own. */
  display?: boolean;
  /** The file of the formula, for the error message. */
  file?: string;
}

/** A TeX formula as HTML with MathML. Throws with the formula, its file and KaTeX's reason if it does not parse. */
export function renderMath(tex: string, {display = false, file}: MathOptions = {}): string {
  try {
    const html = katex.renderToString(tex, {
      displayMode: display,
      output: "htmlAndMathml",
      throwOnError: true,
      strict: (code: string) => (code === "htmlExtension" ? "ignore" : "error"),
      trust,
      macros: Object.fromEntries(macros),
    });
    // HTML needs no namespace on <math>, and MDX would print it as an unknown attribute. The TeX with our own
    // commands is left out: nobody reads it, and it would be in what is copied from a page.
    return html
      .replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")
      .replace(/<semantics>(.*)<annotation encoding="application\/x-tex">.*<\/semantics>/s, "$1");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`math${file ? ` in ${file}` : ""}: $${tex.trim()}$ does not render: ${reason}`);
  }
}

const hasClass = (classes: unknown, name: string) => Array.isArray(classes) && classes.includes(name);

/**
 * Renders the `$…$` and `$$…$$` of Markdown and MDX, which Sätteri only parses into `<code class="math-inline">` and
 * `<pre><code class="math-display">`. It works on HTML nodes, because HTML from a Markdown plugin is parsed as Markdown again,
 * which would put paragraphs inside paragraphs and emphasis into formulas.
 */
export const mathPlugin = defineHastPlugin({
  name: "math",
  // All visitors see the original tree, so the text that joins a formula next to it is removed from here separately.
  text(node, ctx) {
    const value = remainingText(node, ctx);
    if (value !== node.value) ctx.setProperty(node, "value", value);
  },
  element: {
    filter: ["code", "pre"],
    visit(node, ctx) {
      const [inner] = node.children;
      const code = node.tagName === "pre" && inner?.type === "element" ? inner : node;
      const display = node.tagName === "pre";
      if (display ? !hasClass(code.properties.className, "math-display") : !isFormula(node)) return;
      const file = ctx.fileURL && decodeURI(ctx.fileURL.pathname.split("/").slice(-2).join("/"));
      const html = renderMath(ctx.textContent(code), {display, file});
      const tree = htmlToHast(display ? html : keepTogether(html, neighborsOf(node, ctx)), {fragment: true});
      if (!("children" in tree)) return;
      // A display formula scrolls on a phone, so it must be reachable by keyboard.
      const focusable = display ? {tabIndex: 0, role: "group", ariaLabel: "Formula"} : {};
      ctx.replaceNode(
        node,
        tree.children.flatMap((span) =>
          span.type === "element" ? [{...span, properties: {...span.properties, ...focusable}}] : [],
        ),
      );
    },
  },
});

type Node = Readonly<HastNode>;
type Text = Node & {type: "text"};
type Context = Pick<HastVisitorContext, "parent" | "indexOf">;

const INLINE = /^(em|strong|a|del|span)$/;
/** Whether a node is an inline element, which may have a formula at its edge. */
const isInline = (node: Node) =>
  node.type === "mdxJsxTextElement" || (node.type === "element" && INLINE.test(node.tagName));

/** Whether a node is an inline formula, as Sätteri parses it. */
const isFormula = (node: Node | undefined): boolean =>
  node?.type === "element" && node.tagName === "code" && hasClass(node.properties.className, "math-inline");

/** The node after (1) or before (−1) this one in its parent. */
const sibling = (node: Node, step: 1 | -1, ctx: Context): Node | undefined => {
  const parent = ctx.parent(node);
  const at = ctx.indexOf(node);
  return parent && at !== undefined ? parent.children[at + step] : undefined;
};

/** The start and the end of a text that join the formulas next to it; the formula before the text comes first. */
function joinedParts(text: Text, ctx: Context): {start?: string | undefined; end?: string | undefined} {
  const start = isFormula(sibling(text, -1, ctx)) ? joinedAfter(text.value) : undefined;
  const rest = text.value.slice(start?.length ?? 0);
  return {start, end: isFormula(sibling(text, 1, ctx)) ? joinedBefore(rest) : undefined};
}

/** The text that touches a formula on one side, which may be outside the element that the formula begins or ends. */
function neighbor(formula: Node, step: 1 | -1, ctx: Context): string | undefined {
  const next = sibling(formula, step, ctx);
  if (next?.type === "text") return step > 0 ? joinedParts(next, ctx).start : joinedParts(next, ctx).end;
  let outer = ctx.parent(formula);
  while (next === undefined && outer && isInline(outer)) {
    // A component may print something of its own between the formula and the text.
    if (outer.type === "mdxJsxTextElement") return "";
    const beyond = sibling(outer, step, ctx);
    const joined = beyond?.type === "text" ? (step > 0 ? joinedAfter : joinedBefore)(beyond.value) : undefined;
    if (beyond) return joined === undefined ? undefined : "";
    outer = ctx.parent(outer);
  }
  return undefined;
}

/** The text that touches a formula of the tree without a space. */
const neighborsOf = (formula: Node, ctx: Context): Neighbors => ({
  before: neighbor(formula, -1, ctx),
  after: neighbor(formula, 1, ctx),
});

/** A text without the parts that join the formulas next to it. */
function remainingText(text: Text, ctx: Context): string {
  const {start = "", end = ""} = joinedParts(text, ctx);
  return text.value.slice(start.length, text.value.length - end.length);
}
