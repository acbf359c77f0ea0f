/**
 * Chromium keeps words it has shaped with a fall-back font, boxes for Chinese included, when our font comes a moment later.
 * Font settings that it has not seen yet make it shape them again; the feature named here does not exist in any font.
 */
export function redrawWhenFontsCome(): void {
  let times = 0;
  const again = (): void => {
    times += 1;
    document.body.style.fontFeatureSettings = `"qb${String(times % 100).padStart(2, "0")}" 1`;
  };
  if (document.fonts.status === "loaded") again();
  document.fonts.addEventListener("loadingdone", again);
}
