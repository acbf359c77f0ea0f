/** Whether asking again may help: nobody answered, too many asked at once, or the server has trouble of its own. */
export function mayPass(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}

/**
 * Keeps what is shown up with the server. `load` asks and shows, and says false where it should be asked again later.
 *
 * It runs once at a time; asked meanwhile, it runs once more: an older answer never comes after a newer one. The promise is
 * kept when a run that began after the question has ended.
 */
export function keptUp(load: () => Promise<boolean>, again = 5000): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function run(): Promise<void> {
    clearTimeout(timer);
    try {
      if (!(await load())) timer = setTimeout(() => void ask(), again);
    } finally {
      running = null;
    }
  }
  function begin(): Promise<void> {
    next = null;
    running = run();
    return running;
  }
  function ask(): Promise<void> {
    if (!running) return begin();
    // Whoever asked for the run before has heard what became of it.
    next ??= running.then(begin, begin);
    return next;
  }
  return ask;
}
