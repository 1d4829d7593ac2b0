import AllWorks from "./AllWorks.astro";
import Cite from "./Cite.astro";
import Comparison from "./Comparison.astro";
import Equation from "./Equation.astro";
import H2 from "./H2.astro";
import H3 from "./H3.astro";
import Interview from "./Interview.astro";
import Live from "./Live.astro";
import Mark from "./Mark.astro";
import Num from "./Num.astro";
import Paper from "./Paper.astro";
import PaperTable from "./PaperTable.astro";
import Quiz from "./Quiz.astro";
import SetFigure from "./Set.astro";
import Sidenote from "./Sidenote.astro";
import SiteCitation from "./SiteCitation.astro";
import SymbolTable from "./SymbolTable.astro";
import TakeAlong from "./TakeAlong.astro";
import Term from "./Term.astro";
import Vignette from "./Vignette.astro";
import Widget from "./Widget.astro";
import Work from "./Work.astro";

/** What chapters may say without importing it. */
export const vocabulary = {
  AllWorks,
  Cite,
  Comparison,
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
  SymbolTable,
  TakeAlong,
  Term,
  Vignette,
  Widget,
  Work,
  h2: H2,
  h3: H3,
};
