import "../widgets/islands.ts";
import {startCards} from "./cards.ts";
import {startTheme} from "./theme.ts";

startTheme(document.querySelector<HTMLButtonElement>("button.theme")!);
startCards(document);
