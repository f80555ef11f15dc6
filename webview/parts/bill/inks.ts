/** What the chart is drawn with: a canvas knows no style sheets, so that it is told what they say. */
export interface Inks {
  words: string;
  quiet: string;
  grid: string;
  trend: string;
  usual: string;
  /** What is behind the chart. */
  paper: string;
  /** Around parts, where the theme wants all things to have an edge. */
  edge: string;
  font: string;
  part: (k: number) => string | CanvasPattern;
  /** Of days before those that the page is about. */
  pale: (k: number) => string;
}

/** As the style sheets, the theme and the medium have it now for what stands at `place`. */
export function inksOf(place: HTMLElement): Inks {
  const style = getComputedStyle(place);
  const ink = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const [paper, edge] = [ink("paper"), ink("edge")];
  const colour = (k: number) => ink(`part-${k}`);
  return {
    ...{
      words: style.color,
      quiet: ink("quiet"),
      grid: ink("grid"),
      trend: ink("trend"),
      usual: ink("dear"),
    },
    ...{ paper, edge, font: style.fontFamily },
    part: k => (edge !== "" && TURNS[k] ? hatched(colour(k), paper, TURNS[k]) : colour(k)),
    pale: k => `color-mix(in srgb, ${colour(k)} 35%, transparent)`,
  };
}

/** Where the lines of a part come from and go to, a tile before and behind it; as the legend has them. */
const TURNS: Record<number, [number, number]> = { 1: [2, -1], 2: [-1, 2], 3: [0.5, 0.5] };
const TILE = 6;

/** A colour with lines of another. */
function hatched(colour: string, line: string, [from, to]: [number, number]): CanvasPattern | string {
  const tile = document.createElement("canvas");
  const size = TILE * devicePixelRatio;
  [tile.width, tile.height] = [size, size];
  const context = tile.getContext("2d");
  if (!context) return colour;
  context.fillStyle = colour;
  context.fillRect(0, 0, size, size);
  context.strokeStyle = line;
  context.lineWidth = size / 3;
  // Thrice, so that what runs out of a tile comes in at the next.
  for (const shift of [-1, 0, 1]) {
    context.moveTo((shift - 1) * size, from * size);
    context.lineTo((shift + 2) * size, to * size);
  }
  context.stroke();
  return context.createPattern(tile, "repeat") ?? colour;
}
