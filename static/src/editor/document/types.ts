/** The layout document, as apps/layout_document/document.py has it. Lengths are whole canvas pixels; `objects` is in paint order, back to front. */

export const SCHEMA = "quadbox.layout/1";
export const CANVAS_MIN = 120;
export const CANVAS_MAX = 3840;
export const MOST_OBJECTS = 100;
export const LONGEST_TEXT = 1000;

export type Fit = "cover" | "contain" | "stretch";
export type Stream = "camera" | "screen";
export type Align = "left" | "center" | "right";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A picture by reference: `asset:<sha256>` or an http(s) URL. */
export interface Picture {
  readonly url: string;
  readonly fit?: Fit;
}

export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly color: string;
  readonly image?: Picture | null;
}

interface Common extends Box {
  readonly id: string;
  readonly name: string;
  readonly opacity: number;
  readonly hidden?: boolean;
  readonly locked?: boolean;
}

export interface Region extends Common {
  readonly kind: "region";
  readonly fit: Fit;
  readonly corner_radius: number;
  readonly source: { readonly slot: string; readonly stream: Stream };
  /** Fractions of the source picture. */
  readonly source_crop?: Box | null;
  readonly placeholder?: Picture | null;
}

export interface ImageObject extends Common {
  readonly kind: "image";
  readonly url: string;
  readonly fit: Fit;
  readonly corner_radius: number;
  readonly source_crop?: Box | null;
  readonly attached_to?: string | null;
}

export interface TextObject extends Common {
  readonly kind: "text";
  readonly text: string;
  readonly font: string;
  readonly size: number;
  readonly weight: number;
  readonly color: string;
  readonly background?: string | null;
  readonly align: Align;
  readonly attached_to?: string | null;
}

export type LayoutObject = Region | ImageObject | TextObject;
export type Kind = LayoutObject["kind"];
export type Ids = ReadonlySet<string>;

export interface LayoutDocument {
  readonly schema: typeof SCHEMA;
  readonly canvas: Canvas;
  readonly objects: readonly LayoutObject[];
}
