import { csrfToken } from "../api/csrf.ts";
import { toast } from "./toasts.ts";

interface Refusal {
  readonly detail?: string;
  readonly problems?: readonly { readonly message: string }[];
}

/** What a REST refusal says, as one text. */
export function wordsOf(refusal: Refusal, status: number): string {
  const words = [refusal.detail, ...(refusal.problems ?? []).map(({ message }) => message)].filter(Boolean);
  return words.length ? words.join(" ") : `HTTP ${status}`;
}

/**
 * `<form data-rest="/api/v1/tasks/…/stop/" data-done="…">` asks the REST API instead of leaving the page, and says in a toast what came of it.
 * The page itself hears of the change by its socket. Without scripts the form is sent as it is.
 */
export function listenForRestForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target instanceof HTMLFormElement ? event.target : null;
    const url = form?.dataset["rest"];
    if (!form || !url) return;
    event.preventDefault();
    void send(form, url);
  });
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement && "submitOnChange" in event.target.dataset) event.target.form?.requestSubmit();
  });
}

async function send(form: HTMLFormElement, url: string): Promise<void> {
  const buttons = [...form.querySelectorAll("button")];
  for (const button of buttons) button.disabled = true;
  try {
    const answer = await fetch(url, { method: "POST", headers: { "X-CSRFToken": csrfToken(), "Content-Type": "application/json" }, body: "{}" });
    if (answer.ok) toast({ text: form.dataset["done"] ?? "" });
    else toast({ text: wordsOf((await answer.json().catch(() => ({}))) as Refusal, answer.status), level: "error" });
  } catch (error) {
    toast({ text: String(error), level: "error" });
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}
