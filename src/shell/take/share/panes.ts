import {frameAddress, type LinkedState, pageAddress} from "../../state/pageAddress.ts";
import {courseFrame, element, iframe, jsx} from "./frame.ts";
import {COLUMN} from "./height.ts";
import {mystFrame, mystWidget, notebookCell, pictureLink, textLink} from "./markdown.ts";

export interface Code {
  /** What a reader calls it: the name of its field, and what is said once it is copied. */
  label: string;
  text: string;
}

/** What one tab of the dialog shows. */
export interface Pane {
  tab: string;
  codes: readonly Code[];
  /** What to do with it, a paragraph each. */
  notes: readonly string[];
  /** Files to keep. */
  files?: readonly {label: string; href: string; about: string}[];
  /** There is a choice here: a line of script with which the frame fits its height. */
  resizes?: true;
}

/** Every way to take the figure along, told the same things. `height` in CSS pixels fits a column of `COLUMN`. */
export function panes(shown: LinkedState, height: number, resizing = false): readonly Pane[] {
  const {home, name} = shown;
  return [
    {
      tab: "Link",
      codes: [
        {label: "Page link", text: pageAddress(shown)},
        {label: "Frame link", text: frameAddress(shown)},
      ],
      notes: [
        "The page has the figure, what it can be told, and its chapters. The frame has the figure alone: Notion and Google Sites ask for that address and make the frame themselves.",
      ],
    },
    {
      tab: "iframe",
      codes: [{label: "iframe", text: iframe(shown, height, resizing)}],
      notes: [
        `Paste it where a page takes HTML. It needs no script: ${height} px of height fit a column ${COLUMN} px wide, and in a narrower one the frame may scroll.`,
      ],
      resizes: true,
    },
    {
      tab: "Element",
      codes: [{label: "Element", text: element(shown)}],
      notes: [
        "For a page of your own. It takes the height it needs, your styles stay out of it, and your scripts can ask it for its state.",
      ],
    },
    {
      tab: "Markdown",
      codes: [
        {label: "Picture and link", text: pictureLink(shown)},
        {label: "Text and link", text: textLink(shown)},
      ],
      notes: ["For GitHub, e-mail and PDF, where no frame runs. The picture shows the figure as it starts."],
    },
    {
      tab: "MyST, Jupyter",
      codes: [
        {label: "MyST frame", text: mystFrame(shown)},
        {label: "MyST widget", text: mystWidget(shown)},
        {label: "Jupyter cell", text: notebookCell(shown, height)},
      ],
      notes: ["The first two are directives of MyST and Jupyter Book 2; the second is in the page itself."],
    },
    {
      tab: "MDX, React",
      codes: [{label: "JSX", text: jsx(shown, height)}],
      notes: ["For Docusaurus, Nextra, Starlight, and any component of React."],
    },
    {
      tab: "Canvas, Moodle",
      codes: [{label: "Course code", text: courseFrame(shown, height)}],
      notes: [
        "Canvas: edit the page, open Insert, then Embed, and paste. The frame then fits its height by itself. If it stays empty, ask your administrator to allow this site’s address.",
        "Moodle: in a Page, a Text and media area or a Book, choose Tools, then Source code (in older editors the button </>), and paste. Students’ posts lose frames; your pages keep them.",
        "For a grade, take the SCORM package under One file.",
      ],
    },
    {
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
      notes: [
        "Both start in the default state, with every control: what is chosen here does not reach them. A package can be preset by hand: see how embedding works.",
      ],
    },
  ];
}
