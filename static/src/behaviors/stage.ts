/** The picture of a task is drawn anew only when it is another one: a video that plays goes on playing. */
export function keepStage(): void {
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event as CustomEvent<{ target: Element; serverResponse: string; shouldSwap: boolean }>;
    if (detail.target.id !== "stage-picture") return;
    const shown = detail.target.querySelector<HTMLElement>("[data-picture-key]")?.dataset["pictureKey"];
    if (shown && detail.serverResponse.includes(`data-picture-key="${shown}"`)) detail.shouldSwap = false;
  });
}
