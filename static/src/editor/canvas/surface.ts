/** The colors of the overlay, from the page's theme. */
export interface Colors {
  readonly accent: string;
  readonly preview: string;
  readonly guide: string;
  readonly ink: string;
  readonly soft: string;
  readonly surface: string;
  readonly line: string;
}

/** Canvases off the page, and the words that every painter uses. */
export type Paint = CanvasRenderingContext2D;

export interface Surface {
  readonly canvas: HTMLCanvasElement;
  readonly paint: Paint;
}

/** A canvas that is nowhere on the page. */
export function surface(width: number, height: number): Surface {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, width);
  canvas.height = Math.max(1, height);
  const paint = canvas.getContext("2d");
  if (!paint) throw new Error("This browser cannot draw on a canvas.");
  return { canvas, paint };
}

/** `#RRGGBB`, a share of the way to another color. */
export function mixed(color: string, other: string, share: number): string {
  const part = (at: number): number => Math.round(parseInt(color.slice(at, at + 2), 16) * (1 - share) + parseInt(other.slice(at, at + 2), 16) * share);
  return `rgb(${part(1)} ${part(3)} ${part(5)})`;
}
