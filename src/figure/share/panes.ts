/** The tabs of the embed dialog: their codes, notes and files. */
import {frameAddress, type LinkedState, pageAddress} from "../state/pageAddress.ts";
import {courseFrame, elementCode, frameCode, jsxCode} from "./frame.ts";
import {COLUMN_WIDTH, SLIDE_SIZE} from "./height.ts";
import {mystFrame, mystWidget, notebookCell, pictureLink, textLink} from "./markdown.ts";

/** A code to copy. */
interface Code {
  /** The name of its field, also spoken once it is copied. */
  label: string;
  text: string;
}

/** What one tab of the dialog shows. */
export interface Pane {
  tab: string;
  codes: readonly Code[];
  /** Paragraphs on what to do with the codes. */
  notes: readonly string[];
  /** Files to download. */
  files?: readonly {label: string; href: string; about: string}[];
  /** Offers a line of script that lets the frame fit its height. */
  offersResizing?: true;
  /** On our own pages, offers a package in the chosen state instead of the notes. It has the whole figure, with its challenge. */
  offersPackage?: true;
  /** Its codes are for the figure laid out as a slide. */
  isSlide?: true;
}

const linkPane = (linked: LinkedState): Pane => ({
  tab: "Link",
  codes: [
    {label: "Page link", text: pageAddress(linked)},
    {label: "Frame link", text: frameAddress(linked)},
  ],
  notes: [
    "The page has the figure, its options and its chapters. The frame has the figure alone: Notion and Google Sites ask for that address and make the frame themselves.",
  ],
});

const coursePane = (linked: LinkedState, height: number, isResizing: boolean): Pane => ({
  tab: "Course page",
  codes: [
    {label: "iframe", text: frameCode(linked, height, isResizing)},
    {label: "Canvas and Moodle", text: courseFrame(linked, height)},
  ],
  notes: [
    `Paste it where a page takes HTML. It needs no script: ${height} px of height fit a column ${COLUMN_WIDTH} px wide, and in a narrower one the frame may scroll.`,
    "Canvas: edit the page, open Insert, then Embed, and paste. The frame then fits its height by itself. If it stays empty, ask your administrator to allow this site’s address.",
    "Moodle: in a Page, a Text and media area or a Book, choose Tools, then Source code (in older editors the button </>), and paste. Students’ posts lose frames; your pages keep them. For a grade, take the SCORM package under One file.",
  ],
  offersResizing: true,
});

const slidePane = (linked: LinkedState): Pane => ({
  tab: "Slide",
  codes: [{label: "Slide", text: frameCode(linked, SLIDE_SIZE.height)}],
  notes: [
    `Paste it where a slide takes HTML. It needs no script: ${SLIDE_SIZE.height} px of height fit a slide of ${SLIDE_SIZE.width} × ${SLIDE_SIZE.height} px or more, and the figure fills the frame.`,
  ],
  isSlide: true,
});

const elementPane = (linked: LinkedState, heights: readonly number[]): Pane => ({
  tab: "Element",
  codes: [{label: "Element", text: elementCode(linked, heights)}],
  notes: [
    "For a page of your own. It takes the height it needs, your styles stay out of it, and your scripts can ask it for its state.",
    "The style reserves that height while the figure loads, so that your text does not jump. The script and the style are the same for every figure, so a page needs them only once.",
  ],
});

const markdownPane = (linked: LinkedState): Pane => ({
  tab: "Markdown",
  codes: [
    {label: "Picture and link", text: pictureLink(linked)},
    {label: "Text and link", text: textLink(linked)},
  ],
  notes: ["For GitHub, e-mail and PDF, where no frame runs. The picture shows the figure as it starts."],
});

const notebookPane = (linked: LinkedState, height: number): Pane => ({
  tab: "MyST, Jupyter",
  codes: [
    {label: "MyST frame", text: mystFrame(linked)},
    {label: "MyST widget", text: mystWidget(linked)},
    {label: "Jupyter cell", text: notebookCell(linked, height)},
  ],
  notes: ["The first two are directives of MyST and Jupyter Book 2; the second is in the page itself."],
});

const jsxPane = (linked: LinkedState, height: number): Pane => ({
  tab: "MDX, React",
  codes: [{label: "JSX", text: jsxCode(linked, height)}],
  notes: ["For Docusaurus, Nextra, Starlight, and any component of React."],
});

const filePane = ({home, name}: LinkedState): Pane => ({
  tab: "One file",
  codes: [],
  files: [
    {
      label: "HTML file",
      href: `${home}download/${name}.html`,
      about: "runs by itself, from a disk or a USB stick",
    },
    {
      label: "SCORM 1.2 package",
      href: `${home}download/${name}.scorm.zip`,
      about: "for a course platform: passed and a score of 100 once the challenge is met",
    },
  ],
  offersPackage: true,
  notes: [
    "Both start in the default state, with every control. On the figure’s own page, this dialog saves a package as you set it.",
  ],
});

/**
 * All tabs for one state. `height` (CSS px) is a frame's, in a column of `COLUMN_WIDTH`; `heights` are the figure's, at `ELEMENT_WIDTHS`.
 * `isResizing`: the frame’s code has the script that lets it fit its height.
 */
export const panesFor = (
  linked: LinkedState,
  height: number,
  heights: readonly number[],
  isResizing = false,
): readonly Pane[] => [
  coursePane(linked, height, isResizing),
  slidePane(linked),
  linkPane(linked),
  elementPane(linked, heights),
  markdownPane(linked),
  notebookPane(linked, height),
  jsxPane(linked, height),
  filePane(linked),
];
