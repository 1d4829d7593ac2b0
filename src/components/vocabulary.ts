import Cite from "./Cite.astro";
import Equation from "./Equation.astro";
import Num from "./Num.astro";
import Paper from "./Paper.astro";
import PaperTable from "./PaperTable.astro";
import Pending from "./Pending.astro";
import Sidenote from "./Sidenote.astro";
import Term from "./Term.astro";
import Widget from "./Widget.astro";

/** What chapters may say without importing it. */
export const vocabulary = {
  Cite,
  Equation,
  Live: Pending,
  Num,
  Paper,
  PaperTable,
  Quiz: Pending,
  Set: Pending,
  Sidenote,
  Term,
  Vignette: Pending,
  Widget,
};
