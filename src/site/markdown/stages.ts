import {defineMdastPlugin, type MdastNode, type MdastVisitorContext} from "satteri";
import {elementAt, type MdxElement, mdxTree} from "./mdxElements.ts";

/** The rows that chapter.css lays out in a stage. */
const MAX_CHILDREN = 120;
const MAX_STEPS = 5;

type Node = Readonly<MdastNode>;

/** A stage of a text: its exhibits, and all nodes at its top level. */
interface Stage {
  line: number;
  children: readonly Node[];
  exhibits: readonly MdxElement[];
}

/** An element of a text, with its node, the stage around it, and the stage that it is itself. */
interface Placed {
  node: Node;
  element: MdxElement;
  around?: Stage;
  own?: Stage;
}

const childrenOf = (node: Node): readonly Node[] => ("children" in node ? node.children : []);
/** Expressions, such as comments, and imports leave no element on the page. */
const isShown = ({type}: Node) => !/^(mdxFlowExpression|mdxTextExpression|mdxjsEsm|yaml)$/.test(type);

/** What a stage can be about. Widgets and interview cards are their stage's exhibit without saying so. */
const isExhibit = ({name, attributes}: MdxElement): boolean =>
  name === "Widget" ||
  name === "Interview" ||
  ((name === "PaperTable" || name === "Vignette") && "exhibit" in attributes);

function stageOf(node: Node): Stage {
  const children = childrenOf(node).filter(isShown);
  return {
    line: elementAt(node)?.line ?? 0,
    children,
    exhibits: children.flatMap((child) => elementAt(child) ?? []).filter(isExhibit),
  };
}

/** The number of the figure that a stage is about, if its exhibit is one with a number. */
const figureOf = ({exhibits: [first]}: Stage): string | undefined =>
  first?.name === "Widget" ? first.attributes.figure : undefined;

/** The element that a list item begins with, if it begins with one. */
function firstElement(item: Node): MdxElement | undefined {
  const first = childrenOf(item).find(isShown);
  return first && (elementAt(first) ?? (first.type === "paragraph" ? firstElement(first) : undefined));
}

/** Every element below a node. */
function placedIn(node: Node, around?: Stage): Placed[] {
  const element = elementAt(node);
  const own = element?.name === "Stage" ? stageOf(node) : undefined;
  const inner = childrenOf(node).flatMap((child) => placedIn(child, own ?? around));
  return element ? [{node, element, around, own}, ...inner] : inner;
}

/** What is wrong with a stage; undefined if nothing is. */
function faultOfStage({children, exhibits}: Stage, around: Stage | undefined): string | undefined {
  if (around) return `a <Stage> is inside that of line ${around.line}; close that one first`;
  if (exhibits.length !== 1)
    return `a <Stage> is about one exhibit and has ${exhibits.length}; give it one <Widget> or <Interview>, or a <PaperTable> or <Vignette> with the attribute exhibit`;
  return children.length > MAX_CHILDREN
    ? `a <Stage> has at most ${MAX_CHILDREN} paragraphs and other parts, and this one has ${children.length}; split it`
    : undefined;
}

/** What is wrong with a list of steps; undefined if nothing is. */
function faultOfSteps(node: Node, around: Stage | undefined): string | undefined {
  const [list, ...others] = childrenOf(node).filter(isShown);
  if (around?.exhibits[0]?.name !== "Widget")
    return "<Steps> is outside a stage with a figure; put it into the <Stage> of the <Widget> that it walks through";
  if (list?.type !== "list" || !list.ordered || others.length)
    return "<Steps> holds one numbered list and nothing else; begin each step with “1. ”, “2. ”, and move the rest out";
  const steps = childrenOf(list);
  if (steps.length > MAX_STEPS)
    return `<Steps> has ${steps.length} steps, and ${MAX_STEPS} is the most; split the list`;
  const bare = steps.findIndex((step) => firstElement(step)?.name !== "Set");
  return bare < 0 ? undefined : `step ${bare + 1} does not begin with a <Set>, the phrase that sets its state`;
}

/** What is wrong with a phrase; undefined if nothing is. `stages` are the stages of all figures of the text, by their number. */
function faultOfSet({attributes: {figure, widget}}: MdxElement, around: Stage | undefined, stages: Stages) {
  if (figure === undefined && widget === undefined)
    return around && figureOf(around)
      ? undefined
      : "<Set> names no figure; name a figure or a widget, or put it into the figure's <Stage>";
  if (figure === undefined || !stages.has(figure)) return undefined;
  const stage = stages.get(figure);
  if (!stage) return `a phrase sets figure ${figure}, which has no <Stage>; put one around the figure and its phrases`;
  return stage.line === around?.line
    ? undefined
    : `a phrase sets figure ${figure} and is outside its stage in line ${stage.line}; extend that stage, or place the widget once more with a number of its own`;
}

/** The stage around each numbered figure; undefined for a figure outside a stage. */
type Stages = ReadonlyMap<string, Stage | undefined>;

/** What is wrong with an element, if anything. */
function faultOf({node, element, around, own}: Placed, stages: Stages): string | undefined {
  const {name, attributes} = element;
  if (own) return faultOfStage(own, around);
  if (name === "Steps") return faultOfSteps(node, around);
  if (name === "Set") return faultOfSet(element, around, stages);
  if (!isExhibit(element)) return undefined;
  if (around && !around.children.includes(node))
    return `<${name}> is inside another element of its stage; put it directly into the <Stage>`;
  return !around && "exhibit" in attributes
    ? `<${name} exhibit> is outside a stage; put a <Stage> around it, or leave out exhibit`
    : undefined;
}

/** What is wrong with the stages, steps and phrases of a text of MDX: a sentence for each element, with the line in front. */
export function stageFaults(mdx: string): string[] {
  const placed = placedIn(mdxTree(mdx));
  const figures = placed.filter(({element}) => element.name === "Widget" && element.attributes.figure !== undefined);
  const stages: Stages = new Map(figures.map(({element, around}) => [element.attributes.figure!, around]));
  return placed.flatMap((one) => {
    const fault = faultOf(one, stages);
    return fault ? [`line ${one.element.line}: ${fault}`] : [];
  });
}

type Jsx = Extract<MdastNode, {type: "mdxJsxFlowElement" | "mdxJsxTextElement"}>;

/** Writes the figure of its stage into a phrase that names none. */
function nameFigure(node: Readonly<Jsx>, ctx: MdastVisitorContext) {
  const element = elementAt(node);
  if (element?.name !== "Set" || "figure" in element.attributes || "widget" in element.attributes) return;
  let at: Node | undefined = ctx.parent(node);
  while (at && elementAt(at)?.name !== "Stage") at = ctx.parent(at);
  const figure = at && figureOf(stageOf(at));
  if (figure !== undefined)
    ctx.replaceNode(node, {
      ...node,
      attributes: [...node.attributes, {type: "mdxJsxAttribute", name: "figure", value: figure}],
    } as Jsx);
}

/** Refuses a chapter whose stages, steps or phrases are wrong, and completes phrases that leave out their stage's figure. */
export const stagesPlugin = defineMdastPlugin({
  name: "stages",
  before(_root, ctx) {
    if (ctx.sourceFormat !== "mdx") return;
    const faults = stageFaults(ctx.source);
    if (!faults.length) return;
    const file = ctx.fileURL ? decodeURI(ctx.fileURL.pathname.split("/").slice(-3).join("/")) : "a chapter";
    throw new Error(`${file}: ${faults.join("\n")}`);
  },
  mdxJsxFlowElement: nameFigure,
  mdxJsxTextElement: nameFigure,
});
