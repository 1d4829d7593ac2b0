import type {HTMLAttributes} from "svelte/elements";
import type {AnyTag, LoraWidget, TagEvents, TagOf, WidgetName} from "./index.js";

type Handlers<N extends WidgetName> = {
  [T in keyof TagEvents as `on${T}`]?: ((event: TagEvents<N>[T]) => void) | undefined;
};
type Html = HTMLAttributes<LoraWidget>;

/** The properties of `<lora-widget>` in a component. */
export type LoraWidgetProps =
  | {[N in WidgetName]: Omit<Html, keyof TagOf<N>> & TagOf<N> & Handlers<N>}[WidgetName]
  | (Omit<Html, keyof AnyTag> & AnyTag & {[T in keyof Handlers<WidgetName>]?: undefined});

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "lora-widget": LoraWidgetProps;
  }
}
