/**
 * Gives a function that turns any CSS color into one that programs for SVG know: few of them know `oklab()` or `color()`. The
 * function paints one pixel and reads it back.
 */
export function plainColors(document: Document): (color: string) => string {
  const plainByColor = new Map<string, string>();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pixel = canvas.getContext("2d", {willReadFrequently: true});
  const convert = (color: string): string => {
    if (!pixel || !/^(oklab|oklch|lab|lch|color|hsl)/.test(color)) return color;
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = color;
    pixel.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
    return alpha === 255 ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${alpha! / 255})`;
  };
  return (color) => {
    const plain = plainByColor.get(color) ?? convert(color);
    plainByColor.set(color, plain);
    return plain;
  };
}
