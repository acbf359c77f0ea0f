/** The one typed client for our REST API. */
import { cookieToken } from "./csrf.ts";
import type { Shapes } from "../editor/commands/places.ts";
import type { Beside } from "../editor/document/merge_editor_state.ts";
import type { LayoutDocument } from "../editor/document/types.ts";

export interface Problem {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** An answer that is not 2xx. `status` 0: no answer at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly problems: readonly Problem[];

  constructor(status: number, message: string, problems: readonly Problem[] = []) {
    super(message);
    this.status = status;
    this.problems = problems;
  }
}

export interface Layout {
  readonly id: string;
  readonly name: string;
  readonly document: LayoutDocument;
  readonly version: number;
  /** Who saved it last. */
  readonly updated_by?: string | null;
}

/** Guides, groups and samples as the server has them. */
export interface KeptAids extends Beside {
  readonly revision: number;
}

export interface Version {
  readonly version: number;
  readonly author: string | { readonly username?: string; readonly name?: string } | null;
  readonly created_at: string;
  readonly document?: LayoutDocument;
  /** As they were while it was the current version. */
  readonly aids?: Beside;
}

export interface Finding {
  readonly level: "error" | "changed" | "dropped" | "note";
  readonly code: string;
  readonly object_id: string | null;
  readonly field: string | null;
  readonly message: string;
}

/** What a product makes of a document. */
export interface Outlook {
  readonly findings: readonly Finding[];
  /** The picture it draws, as a document in output pixels; null where it can draw none. */
  readonly drawn: LayoutDocument | null;
}

/** A payload of a cloud, read. */
export interface ReadPayload {
  readonly document: LayoutDocument;
  readonly product: string;
  /** Slot → person. */
  readonly bindings: Readonly<Record<string, { readonly user_id: string }>>;
  readonly not_understood: readonly Problem[];
  readonly not_understood_more: number;
}

/** A task that shows this layout. */
export interface Task {
  readonly id: string;
  readonly name: string;
  readonly product: string;
  readonly room: string;
  readonly state: string;
  readonly layout_version: number;
  readonly applied_version: number;
  readonly error: { readonly detail?: string } | null;
}

export interface Asset {
  readonly id: string;
  /** `asset:<sha256>` */
  readonly url: string;
  readonly public_url: string;
  readonly width: number;
  readonly height: number;
  readonly name: string;
}

/** An arrangement that the team keeps. */
export interface OwnPreset {
  readonly id: string;
  readonly name: string;
  readonly shapes: Shapes;
}

/** Bytes that a browser sends on after its page is gone: 64 KiB for all requests together. */
const LARGEST_PARTING = 48 * 1024;

export interface LayoutUrls {
  readonly assets: string;
  readonly presets: string;
  readonly tasks: string;
  readonly check: string;
  readonly read: string;
  readonly apps: string;
  readonly layout: string;
  readonly export: string;
  readonly versions: string;
  readonly restore: string;
  readonly aids: string;
  readonly start: string;
  readonly exportPage: string;
}

export class Api {
  private readonly urls: LayoutUrls;
  private readonly csrf: string;

  constructor(urls: LayoutUrls, csrf: string) {
    this.urls = urls;
    this.csrf = csrf;
  }

  load(): Promise<Layout> {
    return this.ask("GET", this.urls.layout);
  }

  /** `leaving`: the page may go away before the answer comes; the browser still sends what is not too large for that. */
  save(body: { document: LayoutDocument; version: number; name?: string }, leaving = false): Promise<Layout> {
    const keepalive = leaving && new Blob([JSON.stringify(body)]).size <= LARGEST_PARTING;
    return this.ask("PATCH", this.urls.layout, body, { keepalive });
  }

  loadAids(): Promise<KeptAids> {
    return this.ask("GET", this.urls.aids);
  }

  /** Of this layout, or of another one. */
  saveAids(aids: KeptAids, layout?: string): Promise<KeptAids> {
    return this.ask("PUT", layout ? `${this.collection}${layout}/editor-state/` : this.urls.aids, aids);
  }

  /** Brings the layout back after it was deleted; 404 where it is gone for good. */
  async restore(): Promise<void> {
    const response = await fetch(this.urls.restore, { method: "POST", headers: { "X-CSRFToken": cookieToken() || this.csrf }, credentials: "same-origin" });
    if (!response.ok) throw new ApiError(response.status, response.statusText);
  }

  /** A new layout beside this one. */
  create(name: string, document: LayoutDocument): Promise<Layout> {
    return this.ask("POST", this.collection, { name, document });
  }

  private get collection(): string {
    return new URL("../", new URL(this.urls.layout, location.href)).pathname;
  }

  versions(): Promise<{ readonly results: readonly Version[] }> {
    return this.ask("GET", this.urls.versions);
  }

  /** A kept version with its document and what lay beside it. */
  version(number: number): Promise<Version & { readonly document: LayoutDocument; readonly aids: Beside }> {
    return this.ask("GET", `${this.urls.versions}${number}/`);
  }

  /** Without an app the plan stands with a sample one. */
  findings(product: string, document: LayoutDocument, given: { readonly app?: string | undefined; readonly variables: Readonly<Record<string, string>> }, signal: AbortSignal): Promise<Outlook> {
    return this.ask("POST", this.urls.export, { product, document, ...given }, { signal });
  }

  /** The document as it would be saved, and what is to be said of it whatever the cloud. Throws with `problems` for what is no document. */
  check(document: unknown, signal?: AbortSignal): Promise<{ readonly document: LayoutDocument; readonly findings: readonly Finding[] }> {
    return this.ask("POST", this.urls.check, { document }, signal ? { signal } : {});
  }

  /** What a cloud's payload, or a text that somebody pasted, would make as a layout. No layout is stored; for a task that begins with this one, the people it names are remembered. */
  read(payload: unknown, layout: string): Promise<ReadPayload> {
    return this.ask("POST", this.urls.read, { payload, layout });
  }

  /** The address of the picture the server draws of a kept version. */
  pictureOf(version: number, width?: number): string {
    return `${this.urls.layout}preview.png?version=${version}${width ? `&width=${width}` : ""}`;
  }

  /** The pictures whose names hold the words, the newest first; `next` is the address of the following page. */
  assets(next: string | null, words = ""): Promise<{ readonly results: readonly Asset[]; readonly next: string | null }> {
    return this.ask("GET", next ?? `${this.urls.assets}${words ? `?name__icontains=${encodeURIComponent(words)}` : ""}`);
  }

  /** The tasks that run with this layout. */
  tasks(layout: string): Promise<readonly Task[]> {
    const states = ["scheduled", "starting", "running"].map((one) => `&state=${one}`).join("");
    return this.all(`${this.urls.tasks}?layout=${layout}${states}`);
  }

  presets(): Promise<readonly OwnPreset[]> {
    return this.all(this.urls.presets);
  }

  createPreset(name: string, shapes: Shapes): Promise<OwnPreset> {
    return this.ask("POST", this.urls.presets, { name, shapes });
  }

  changePreset(id: string, change: { readonly name: string } | { readonly shapes: Shapes }): Promise<OwnPreset> {
    return this.ask("PATCH", `${this.urls.presets}${id}/`, change);
  }

  deletePreset(id: string): Promise<void> {
    return this.ask("DELETE", `${this.urls.presets}${id}/`);
  }

  /** Every row of a list, page by page. */
  private async all<T>(first: string): Promise<readonly T[]> {
    const found: T[] = [];
    for (let next: string | null = first; next !== null; ) {
      const page: { readonly results: readonly T[]; readonly next: string | null } = await this.ask("GET", next);
      found.push(...page.results);
      next = page.next;
    }
    return found;
  }

  /** What applying a version would change on air, in words. Nothing is sent. */
  planChange(task: string, version: number): Promise<Outlook & { readonly changes: readonly string[] }> {
    return this.ask("POST", `${this.urls.tasks}${task}/plan-update/`, { version });
  }

  applyLayout(task: string, version: number): Promise<Task> {
    return this.ask("POST", `${this.urls.tasks}${task}/apply-layout/`, { version });
  }

  /** Vendor → the team's oldest app there: its settings make a preview a real one. */
  async apps(): Promise<ReadonlyMap<string, string>> {
    const { results } = await this.ask<{ readonly results: readonly { readonly id: string; readonly vendor: string; readonly created_at: string }[] }>("GET", this.urls.apps);
    return new Map(results.toSorted((a, b) => b.created_at.localeCompare(a.created_at)).map(({ vendor, id }) => [vendor, id]));
  }

  renamePicture(asset: Asset, name: string): Promise<Asset> {
    return this.ask("PATCH", `${this.urls.assets}${asset.id}/`, { name });
  }

  /** Throws with status 409, and which layouts they are, while any uses it. */
  deletePicture(asset: Asset): Promise<void> {
    return this.ask("DELETE", `${this.urls.assets}${asset.id}/`);
  }

  upload(file: File): Promise<Asset> {
    const form = new FormData();
    form.append("file", file);
    return this.ask("POST", this.urls.assets, form);
  }

  private async ask<T>(method: string, url: string, body?: object, options: RequestInit = {}): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json" };
    // The cookie's where there is one: whoever signed in again in another tab goes on here.
    if (method !== "GET") headers["X-CSRFToken"] = cookieToken() || this.csrf;
    if (body && !(body instanceof FormData)) headers["Content-Type"] = "application/json";
    let response: Response;
    try {
      response = await fetch(url, { method, headers, credentials: "same-origin", body: body instanceof FormData ? body : body ? JSON.stringify(body) : null, ...options });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new ApiError(0, "no answer");
    }
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return answer as T;
    const { detail, problems } = (answer ?? {}) as { detail?: string; problems?: Problem[] };
    throw new ApiError(response.status, detail ?? response.statusText, problems ?? []);
  }
}

/** Where a picture of the document is to be had: uploaded ones by their content address, others as they are. */
export function pictureAddress(url: string): string {
  return url.startsWith("asset:") ? `/a/${url.slice("asset:".length)}` : url;
}
