/** The one typed client for our REST API. */
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

export interface Version {
  readonly version: number;
  readonly author: string | { readonly username?: string; readonly name?: string } | null;
  readonly created_at: string;
  readonly document?: LayoutDocument;
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

export interface LayoutUrls {
  readonly assets: string;
  readonly tasks: string;
  readonly check: string;
  readonly apps: string;
  readonly layout: string;
  readonly export: string;
  readonly versions: string;
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

  /** `leaving`: the page may go away before the answer comes. */
  save(body: { document: LayoutDocument; version: number; name?: string }, leaving = false): Promise<Layout> {
    return this.ask("PATCH", this.urls.layout, body, { keepalive: leaving });
  }

  /** A new layout beside this one. */
  create(name: string, document: LayoutDocument): Promise<Layout> {
    return this.ask("POST", new URL("../", new URL(this.urls.layout, location.href)).pathname, { name, document });
  }

  versions(): Promise<{ readonly results: readonly Version[] }> {
    return this.ask("GET", this.urls.versions);
  }

  async versionDocument(version: Version): Promise<LayoutDocument> {
    if (version.document) return version.document;
    const full: Version = await this.ask("GET", `${this.urls.versions}${version.version}/`);
    if (!full.document) throw new ApiError(404, "This version holds no document.");
    return full.document;
  }

  /** Without an app the plan stands with a sample one. */
  findings(product: string, document: LayoutDocument, given: { readonly app?: string | undefined; readonly variables: Readonly<Record<string, string>> }, signal: AbortSignal): Promise<Outlook> {
    return this.ask("POST", this.urls.export, { product, document, ...given }, { signal });
  }

  /** The document as it would be saved, and what is to be said of it whatever the cloud. Throws with `problems` for what is no document. */
  check(document: unknown, signal?: AbortSignal): Promise<{ readonly document: LayoutDocument; readonly findings: readonly Finding[] }> {
    return this.ask("POST", this.urls.check, { document }, signal ? { signal } : {});
  }

  /** The address of the picture the server draws of a kept version. */
  pictureOf(version: number, width?: number): string {
    return `${this.urls.layout}preview.png?version=${version}${width ? `&width=${width}` : ""}`;
  }

  assets(next: string | null = null): Promise<{ readonly results: readonly Asset[]; readonly next: string | null }> {
    return this.ask("GET", next ?? this.urls.assets);
  }

  /** The tasks that run with this layout. */
  async tasks(layout: string): Promise<readonly Task[]> {
    const states = ["scheduled", "starting", "running"].map((one) => `&state=${one}`).join("");
    const { results } = await this.ask<{ readonly results: readonly Task[] }>("GET", `${this.urls.tasks}?layout=${layout}${states}`);
    return results;
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

  upload(file: File): Promise<Asset> {
    const form = new FormData();
    form.append("file", file);
    return this.ask("POST", this.urls.assets, form);
  }

  private async ask<T>(method: string, url: string, body?: object, options: RequestInit = {}): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (method !== "GET") headers["X-CSRFToken"] = this.csrf;
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
