import Address from "./Address.astro";
import CodeFor from "./CodeFor.astro";
import CommonParameters from "./CommonParameters.astro";
import Framed from "./Framed.astro";
import Listening from "./Listening.astro";
import Playground from "./Playground.astro";

/** Components that the guides on embedding use without importing them. */
export const guideVocabulary = {Address, CodeFor, CommonParameters, Framed, Listening, Playground};
