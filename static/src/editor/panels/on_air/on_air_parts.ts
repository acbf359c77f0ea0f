/** What the on-air button and its dialog share. */
import type { Api, Task } from "../../../api/client.ts";
import type { Aired } from "../../document/aired.ts";
import type { Editor } from "../../state/editor.ts";
import type { Products } from "../../sync/products.ts";
import type { Saving } from "../../sync/saving.ts";

export interface OnAirParts {
  readonly editor: Editor;
  readonly api: Api;
  readonly saving: Saving;
  readonly products: Products;
  readonly layout: string;
  /** Hears on which products the layout runs now. */
  readonly runsOn: (products: readonly string[]) => void;
}

/** The tasks that run with the layout, and the versions that their clouds show. */
export interface OnAirTasks {
  readonly tasks: readonly Task[];
  document(version: number): Aired;
}
