/** The questions of a worksheet, to be answered on paper. */
import {type Question, questions} from "../quiz/questions.ts";

/** A question that can be answered on paper: a choice or a number. */
type PaperQuestion = Extract<Question, {kind: "choice" | "numeric"}>;

const isOnPaper = (question: Question): question is PaperQuestion =>
  question.kind === "choice" || question.kind === "numeric";

/** The questions of a chapter that can be answered on paper, in the order of their file. */
export const paperQuestions = (chapter: string): PaperQuestion[] =>
  questions.filter(isOnPaper).filter((question) => question.chapter === chapter);

/** The name of an option on paper: "a", "b", "c". */
export const optionLetter = (i: number): string => String.fromCharCode(97 + i);
