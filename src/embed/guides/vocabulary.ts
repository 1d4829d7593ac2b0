import Address from "./Address.astro";
import CodeFor from "./CodeFor.astro";
import CommonParameters from "./CommonParameters.astro";
import EventLog from "./EventLog.astro";
import FigureFrame from "./FigureFrame.astro";
import Playground from "./Playground.astro";

/** Components that the guides on embedding use without importing them. */
export const guideVocabulary = {Address, CodeFor, CommonParameters, FigureFrame, EventLog, Playground};
