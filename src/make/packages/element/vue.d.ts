import type {HTMLAttributes, ReservedProps} from "vue";
import type {AnyTag, TagEvents, TagOf, WidgetName} from "./index.js";

/** `lora-change` as a property of a template's tag: `onLoraChange`. */
type Camel<T extends string> = T extends `${infer A}-${infer B}` ? `${A}${Capitalize<B>}` : T;
type Handlers<N extends WidgetName> = {
  [T in keyof TagEvents as `on${Capitalize<Camel<T>>}`]?: ((event: TagEvents<N>[T]) => void) | undefined;
};

/** The properties of `<lora-widget>` in a template. */
export type LoraWidgetProps =
  | {[N in WidgetName]: Omit<HTMLAttributes, keyof TagOf<N>> & ReservedProps & TagOf<N> & Handlers<N>}[WidgetName]
  | (Omit<HTMLAttributes, keyof AnyTag> & ReservedProps & AnyTag & {[T in keyof Handlers<WidgetName>]?: undefined});

declare module "vue" {
  interface GlobalComponents {
    "lora-widget": new () => {$props: LoraWidgetProps};
  }
}
