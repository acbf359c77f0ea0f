/** Loaded as a plain blocking script in <head>, so that a dark page never flashes light. */
(() => {
  const root = document.documentElement;
  const kept = localStorage.getItem("quadbox-theme");
  const choice = kept === "dark" || kept === "light" ? kept : "auto";
  const dark = choice === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : choice === "dark";
  root.dataset["themeChoice"] = choice;
  root.dataset["bsTheme"] = dark ? "dark" : "light";
})();
