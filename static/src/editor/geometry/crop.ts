/** Cropping: the whole picture lies behind the object's box, and the box is the window through which it is seen. */
import type { Box, Fit } from "../document/types.ts";
import { clamp, containedIn, coveringPart, right, bottom, rounded, type Point } from "./rect.ts";
import { resized, type Handle } from "./resize.ts";

const WHOLE: Box = { x: 0, y: 0, width: 1, height: 1 };
const SMALLEST_PART = 0.02;

export interface Cropped {
  /** The window, in canvas pixels. */
  readonly window: Box;
  /** The whole picture, uncut, in canvas pixels (fractions allowed). */
  readonly picture: Box;
}

/** What is seen now of a source of this size, and where the rest of it would lie. */
export function croppedNow(box: Box, fit: Fit, crop: Box | null | undefined, source: { readonly width: number; readonly height: number }): Cropped {
  const part = crop ?? WHOLE;
  const [w, h] = [part.width * source.width, part.height * source.height];
  const window = fit === "contain" ? rounded(containedIn(box, w, h)) : box;
  const seen = fit === "cover" ? coveringPart(box, w, h) : { x: 0, y: 0, width: w, height: h };
  const [scaleX, scaleY] = [window.width / seen.width, window.height / seen.height];
  return {
    window,
    picture: { x: window.x - (part.x * source.width + seen.x) * scaleX, y: window.y - (part.y * source.height + seen.y) * scaleY, width: source.width * scaleX, height: source.height * scaleY },
  };
}

/** The part of the source that a window shows, in fractions; null where that is all of it. */
export function partShown({ window, picture }: Cropped): Box | null {
  const fraction = (value: number): number => Math.round(value * 1e6) / 1e6;
  const width = fraction(clamp(window.width / picture.width, SMALLEST_PART, 1));
  const height = fraction(clamp(window.height / picture.height, SMALLEST_PART, 1));
  const x = fraction(clamp((window.x - picture.x) / picture.width, 0, 1 - width));
  const y = fraction(clamp((window.y - picture.y) / picture.height, 0, 1 - height));
  return x === 0 && y === 0 && width === 1 && height === 1 ? null : { x, y, width, height };
}

/** The picture carried behind its window; it always fills the window. */
export function panned({ window, picture }: Cropped, by: Point): Cropped {
  const x = clamp(picture.x + by.x, right(window) - picture.width, window.x);
  const y = clamp(picture.y + by.y, bottom(window) - picture.height, window.y);
  return { window, picture: { ...picture, x, y } };
}

/** The window's edge carried over a picture that stays; it never leaves the picture or the frame. */
export function recropped({ window, picture }: Cropped, handle: Handle, by: Point, frame: Box): Cropped {
  const left = Math.max(Math.ceil(picture.x - 1e-6), Math.min(frame.x, window.x));
  const top = Math.max(Math.ceil(picture.y - 1e-6), Math.min(frame.y, window.y));
  const room = { x: left, y: top, width: Math.min(Math.floor(right(picture) + 1e-6), Math.max(right(frame), right(window))) - left, height: Math.min(Math.floor(bottom(picture) + 1e-6), Math.max(bottom(frame), bottom(window))) - top };
  return { window: resized(window, handle, by.x, by.y, { keepRatio: false, fromCenter: false, frame: room }), picture };
}

/** The picture made larger or smaller about the window's middle; never smaller than the window. */
export function zoomedPicture({ window, picture }: Cropped, factor: number): Cropped {
  const scale = Math.max(factor, window.width / picture.width, window.height / picture.height);
  const [cx, cy] = [window.x + window.width / 2, window.y + window.height / 2];
  const larger = { x: cx - (cx - picture.x) * scale, y: cy - (cy - picture.y) * scale, width: picture.width * scale, height: picture.height * scale };
  return panned({ window, picture: larger }, { x: 0, y: 0 });
}
