import Equation from "../site/marks/Equation.astro";
import H2 from "../site/marks/H2.astro";
import H3 from "../site/marks/H3.astro";
import Mark from "../site/marks/Mark.astro";
import Sidenote from "../site/marks/Sidenote.astro";
import SymbolTable from "./chapter/SymbolTable.astro";
import Term from "./chapter/Term.astro";
import Vignette from "./chapter/Vignette.astro";
import Live from "./figure/Live.astro";
import SetFigure from "./figure/Set.astro";
import Stage from "./figure/Stage.astro";
import Steps from "./figure/Steps.astro";
import Widget from "./figure/Widget.astro";
import Comparison from "./paper/Comparison.astro";
import Num from "./paper/Num.astro";
import Paper from "./paper/Paper.astro";
import PaperTable from "./paper/PaperTable.astro";
import Quiz from "./quiz/Quiz.astro";
import Interview from "./review/Interview.astro";
import TakeAlong from "./review/TakeAlong.astro";
import Diagnosis from "./signs/Diagnosis.astro";
import AllWorks from "./works/AllWorks.astro";
import Cite from "./works/Cite.astro";
import SiteCitation from "./works/SiteCitation.astro";
import Work from "./works/Work.astro";

/** Components that chapters use without importing them. */
export const vocabulary = {
  AllWorks,
  Cite,
  Comparison,
  Diagnosis,
  Equation,
  Interview,
  Live,
  Mark,
  Num,
  Paper,
  PaperTable,
  Quiz,
  Set: SetFigure,
  Sidenote,
  SiteCitation,
  Stage,
  Steps,
  SymbolTable,
  TakeAlong,
  Term,
  Vignette,
  Widget,
  Work,
  h2: H2,
  h3: H3,
};
