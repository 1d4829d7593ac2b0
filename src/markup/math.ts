import katex from "katex";
import {defineHastPlugin, htmlToHast} from "satteri";
import {besideOf, isFormula, left} from "./formulaNeighbors.ts";
import {bind} from "./keepTogether.ts";

/**
 * The symbols of the paper as authors write them: command → [what it sets, its name in `data-symbol`].
 * One name everywhere: prose, figures and styles know a symbol by it. The `s` keeps clear of KaTeX's own \r, \d, \k, \A.
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

const macros = Object.entries(symbols).map(([command, [tex, name]]) => [command, `\\htmlData{symbol=${name}}{${tex}}`]);

/** Says no out loud: where trust is false, KaTeX prints the command in red and goes on. */
const trust = ({command}: {command: string}) => {
  if (command === "\\htmlData") return true;
  throw new Error(`${command} is not among the trusted commands`);
};

export interface MathOptions {
  /** Set on a line of its own, in display style. */
  display?: boolean;
  /** The file the formula stands in, for the error. */
  file?: string;
}

/** A TeX formula as HTML with MathML beside it. Throws with the formula, its file and KaTeX's reason when it does not parse. */
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
    // HTML needs no namespace on <math>, and MDX would print it as an attribute no browser knows.
    return html.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`math${file ? ` in ${file}` : ""}: $${tex.trim()}$ does not render: ${reason}`);
  }
}

const hasClass = (classes: unknown, name: string) => Array.isArray(classes) && classes.includes(name);

/**
 * Sets the `$…$` and `$$…$$` of Markdown and MDX. Sätteri only parses them, into `<code class="math-inline">` and
 * `<pre><code class="math-display">`. Works on HTML nodes: a raw string from a Markdown plugin is read as Markdown again,
 * which puts paragraphs inside paragraphs and emphasis into the TeX annotation.
 */
export const mathPlugin = defineHastPlugin({
  name: "math",
  // Visitors all see the tree as it was: what a formula takes of the text beside it, the text loses here.
  text(node, ctx) {
    const value = left(node, ctx);
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
      const tree = htmlToHast(display ? html : bind(html, besideOf(node, ctx)), {fragment: true});
      if (!("children" in tree)) return;
      // What scrolls on a phone has to be reached by keys.
      const reached = display ? {tabIndex: 0, role: "group", ariaLabel: "Formula"} : {};
      ctx.replaceNode(
        node,
        tree.children.flatMap((span) =>
          span.type === "element" ? [{...span, properties: {...span.properties, ...reached}}] : [],
        ),
      );
    },
  },
});
