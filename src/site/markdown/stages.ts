import {defineMdastPlugin, type MdastNode, type MdastVisitorContext} from "satteri";
import {elementAt, type MdxElement, mdxTree} from "./mdxElements.ts";

/** The rows that chapter.css lays out in a stage. */
const MAX_CHILDREN = 120;
const MAX_STEPS = 5;

type Node = Readonly<MdastNode>;

/** A stage of a text: its exhibits, and all elements at its top level. */
interface Stage {
  line: number;
  children: readonly Node[];
  exhibits: readonly MdxElement[];
}

/** Where a node is. */
interface NodeContext {
  stage?: Stage;
  /** The parent of the node is the stage itself. */
  isTop?: boolean;
}

const childrenOf = (node: Node): readonly Node[] => ("children" in node ? node.children : []);
/** Expressions, such as comments, and imports leave no element on the page. */
const isShown = ({type}: Node) => !/^(mdxFlowExpression|mdxTextExpression|mdxjsEsm|yaml)$/.test(type);

/** What a stage can be about. Widgets and interview cards are their stage's exhibit without saying so. */
const isExhibit = ({name, attributes}: MdxElement): boolean =>
  name === "Widget" ||
  name === "Interview" ||
  ((name === "PaperTable" || name === "Vignette") && "exhibit" in attributes);

const exhibitsIn = (children: readonly Node[]): MdxElement[] =>
  children.flatMap((node) => elementAt(node) ?? []).filter(isExhibit);

function stageOf(node: Node, line: number): Stage {
  const children = childrenOf(node).filter(isShown);
  return {line, children, exhibits: exhibitsIn(children)};
}

/** The number of the figure that a stage is about, if its exhibit is one with a number. */
const figureOf = ({exhibits: [first]}: Stage): string | undefined =>
  first?.name === "Widget" ? first.attributes.figure : undefined;

/** The element that a list item begins with, if it begins with one. */
function firstElement(item: Node): MdxElement | undefined {
  const first = childrenOf(item).find(isShown);
  return first && (elementAt(first) ?? (first.type === "paragraph" ? firstElement(first) : undefined));
}

/** What is wrong with a list of steps, in words that follow "line 7: ". */
function faultsOfSteps(node: Node, {stage}: NodeContext): string[] {
  const lists = childrenOf(node).filter(isShown);
  const list = lists[0];
  const faults: string[] = [];
  if (stage?.exhibits[0]?.name !== "Widget")
    faults.push(
      "<Steps> stands outside a stage with a figure. Put it into the <Stage> of the <Widget> that it walks through.",
    );
  if (lists.length !== 1 || list?.type !== "list" || !list.ordered)
    return [
      ...faults,
      "<Steps> holds something other than one numbered list. Begin each step with “1. ”, “2. ”, and move the rest out.",
    ];
  const items = childrenOf(list);
  if (items.length > MAX_STEPS)
    faults.push(`<Steps> has ${items.length} steps, and ${MAX_STEPS} is the most. Split the list, or join two steps.`);
  const bare = items.findIndex((item) => firstElement(item)?.name !== "Set");
  if (bare >= 0)
    faults.push(`Step ${bare + 1} does not begin with a <Set>. A step begins with the phrase that sets its state.`);
  return faults;
}

/** What is wrong with a stage. */
function faultsOfStage(stage: Stage, around: NodeContext): string[] {
  const {exhibits, children} = stage;
  const faults: string[] = [];
  if (around.stage)
    faults.push(
      `This <Stage> stands inside the one of line ${around.stage.line}. Close that one first; stages do not nest.`,
    );
  if (exhibits.length !== 1)
    faults.push(
      `A <Stage> is about one exhibit, and this one has ${exhibits.length || "none"}${exhibits.length ? `: ${exhibits.map(({name, line}) => `<${name}> in line ${line}`).join(", ")}` : ""}. Give it one <Widget> or <Interview>, or a <PaperTable> or <Vignette> with the attribute exhibit.`,
    );
  if (children.length > MAX_CHILDREN)
    faults.push(
      `This <Stage> has ${children.length} paragraphs and other parts, and ${MAX_CHILDREN} is the most. Split it.`,
    );
  return faults;
}

/** What is wrong with the place of an exhibit. */
function faultsOfExhibit({name, attributes}: MdxElement, {stage, isTop}: NodeContext): string[] {
  if (stage && !isTop)
    return [
      `<${name}> stands inside another element of its stage. Put it directly into the <Stage>, so that it can stand beside the text.`,
    ];
  if (!stage && "exhibit" in attributes)
    return [`<${name} exhibit> stands outside a stage. Put a <Stage> around it, or leave out exhibit.`];
  return [];
}

/** What is wrong with a phrase. */
function faultsOfSet({attributes: {figure, widget}}: MdxElement, {stage}: NodeContext, stages: Stages): string[] {
  if (figure === undefined && widget === undefined)
    return stage && figureOf(stage)
      ? []
      : [
          "<Set> names no figure and stands in no stage of one. Name a figure or a widget, or put it into the figure's <Stage>.",
        ];
  if (figure === undefined || !stages.has(figure)) return [];
  const line = stages.get(figure);
  if (line !== undefined && line === stage?.line) return [];
  if (line === undefined)
    return [
      `A phrase sets figure ${figure}, which stands in no stage. Put a <Stage> around the figure and its phrases.`,
    ];
  return [
    `A phrase sets figure ${figure} and stands outside the stage of that figure, which begins in line ${line}. Extend that stage to here, or place the widget once more with a number of its own.`,
  ];
}

/** The line of the stage around each numbered figure; undefined for a figure outside a stage. */
type Stages = ReadonlyMap<string, number | undefined>;

/** Every element below a node, where it is, and the stage that it is itself. */
function* walk(
  node: Node,
  around: NodeContext,
): Generator<[node: Node, element: MdxElement, around: NodeContext, stage: Stage | undefined]> {
  const element = elementAt(node);
  const stage = element?.name === "Stage" ? stageOf(node, element.line) : undefined;
  if (element) yield [node, element, around, stage];
  for (const child of childrenOf(node)) yield* walk(child, stage ? {stage, isTop: true} : {...around, isTop: false});
}

/** What is wrong with the stages, steps and phrases of a text of MDX: a sentence or two each, with the line in front. */
export function stageFaults(mdx: string): string[] {
  const elements = [...walk(mdxTree(mdx), {})];
  const stages: Stages = new Map(
    elements.flatMap(([, {name, attributes}, {stage}]) =>
      name === "Widget" && attributes.figure !== undefined ? [[attributes.figure, stage?.line] as const] : [],
    ),
  );
  return elements.flatMap(([node, element, around, stage]) => {
    const faults = stage
      ? faultsOfStage(stage, around)
      : element.name === "Steps"
        ? faultsOfSteps(node, around)
        : element.name === "Set"
          ? faultsOfSet(element, around, stages)
          : isExhibit(element)
            ? faultsOfExhibit(element, around)
            : [];
    return faults.map((fault) => `line ${element.line}: ${fault}`);
  });
}

type Jsx = Extract<MdastNode, {type: "mdxJsxFlowElement" | "mdxJsxTextElement"}>;

/** Writes the figure of its stage into a phrase that names none. */
function nameFigure(node: Readonly<Jsx>, ctx: MdastVisitorContext) {
  const element = elementAt(node);
  if (element?.name !== "Set" || "figure" in element.attributes || "widget" in element.attributes) return;
  let at: Node | undefined = ctx.parent(node);
  while (at && elementAt(at)?.name !== "Stage") at = ctx.parent(at);
  const figure = at && figureOf(stageOf(at, 0));
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
