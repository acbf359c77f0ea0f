/** Loaded as a plain blocking script in <head>, so that a dark page never flashes light. */
(() => {
  const kept = localStorage.getItem("quadbox-theme");
  const dark = kept ? kept === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset["bsTheme"] = dark ? "dark" : "light";
})();
