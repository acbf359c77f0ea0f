/** The cookie's, "" where scripts cannot read it. Signing in again, in any tab, changes it. */
export function cookieToken(): string {
  return /(?:^|; )(?:[\w-]*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

/** Django's token for this page: from `<meta name="csrf-token">`, a form on the page, or the cookie. */
export function csrfToken(): string {
  const meta = document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content;
  if (meta) return meta;
  const field = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value;
  return field ?? cookieToken();
}
