/** CSS pixels that the frame of a widget needs at a width of 640. */
export const frameHeight = (_widget: string): number => 900;
