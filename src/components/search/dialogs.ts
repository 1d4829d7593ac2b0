// What startSearch.ts loads when it is asked for: one file, since a second would be named on every page.
export {openKeyHelp} from "./keyHelp.ts";
export {openSearch} from "./searchDialog.ts";
