// Both dialogs in one file, which startSearch.ts loads when the first of them is opened.
export {openKeyHelp} from "./keyHelp.ts";
export {openSearch} from "./searchDialog.ts";
