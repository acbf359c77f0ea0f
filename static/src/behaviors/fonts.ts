/**
 * Chromium keeps words it has shaped with a fall-back font, boxes for Chinese included, when our font comes a moment later.
 * A family list that it has not seen yet makes it shape them again; the added family does not exist.
 */
export function redrawWhenFontsCome(): void {
  const root = document.documentElement;
  const families = getComputedStyle(root).getPropertyValue("--tblr-font-sans-serif");
  let times = 0;
  const again = (): void => {
    times += 1;
    root.style.setProperty("--tblr-font-sans-serif", `${families}, qb-${times}`);
  };
  if (document.fonts.status === "loaded") again();
  document.fonts.addEventListener("loadingdone", again);
}
