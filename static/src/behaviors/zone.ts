/** Tells the server this browser's time zone, for people who chose none in their settings. */
export function tellZone(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || document.cookie.includes(`quadbox-zone=${encodeURIComponent(zone)}`)) return;
  document.cookie = `quadbox-zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
}
