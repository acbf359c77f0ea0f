import { pictureAddress } from "../../api/client.ts";
import type { Size } from "../geometry/view.ts";

export type PictureState = { readonly state: "loading" | "failed" } | { readonly state: "ready"; readonly image: HTMLImageElement };

/** Loads each picture once, and says when one has come or failed. */
export class Pictures {
  private readonly known = new Map<string, PictureState>();
  private readonly arrived: () => void;

  constructor(arrived: () => void) {
    this.arrived = arrived;
  }

  get(url: string): PictureState {
    const known = this.known.get(url);
    if (known) return known;
    const loading: PictureState = { state: "loading" };
    this.known.set(url, loading);
    const image = new Image();
    image.addEventListener("load", () => this.settle(url, { state: "ready", image }));
    image.addEventListener("error", () => this.settle(url, { state: "failed" }));
    image.src = pictureAddress(url);
    return loading;
  }

  /** In the picture's own pixels; null until it has come. */
  size(url: string): Size | null {
    const picture = this.get(url);
    return picture.state === "ready" ? { width: picture.image.naturalWidth, height: picture.image.naturalHeight } : null;
  }

  private settle(url: string, state: PictureState): void {
    this.known.set(url, state);
    this.arrived();
  }
}
