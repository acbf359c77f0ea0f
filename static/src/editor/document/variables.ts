/** `{{name}}` in texts, as apps/layout_document/variables.py has it. */
const VARIABLE = /\{\{[ \t]*([^\s{}]{1,64})[ \t]*\}\}/g;

/** The variables that texts ask for, each once, in order of appearance. */
export function variableNames(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => [...text.matchAll(VARIABLE)].map((found) => found[1] ?? "")))];
}

/** The text with what is known put in; the rest stays visible. */
export function filled(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(VARIABLE, (whole, name: string) => (Object.hasOwn(variables, name) ? (variables[name] ?? whole) : whole));
}
