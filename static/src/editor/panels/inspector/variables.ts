/** The `{{variables}}` of the selected texts, each with a sample that the canvas shows. Samples are part of no layout. */
import { variableNames } from "../../document/variables.ts";
import type { Editor } from "../../state/editor.ts";
import { say } from "../../i18n/strings.ts";
import { h } from "../../ui/dom.ts";

/** Null where the texts have none. */
export function variablesSection(editor: Editor, texts: readonly string[]): HTMLElement | null {
  const names = variableNames(texts);
  if (names.length === 0) return null;
  return h(
    "div", { class: "qe-wide qe-variables" },
    h("span", { class: "qe-soft" }, say("variables")),
    ...names.map((name) => {
      const input = h("input", { type: "text", class: "form-control form-control-sm", "data-field": `variable_${name}`, value: editor.variables[name] ?? "", "aria-label": say("variable", { name }) });
      input.addEventListener("input", () => {
        const { [name]: _old, ...rest } = editor.variables;
        editor.set({ variables: input.value ? { ...rest, [name]: input.value } : rest });
      });
      return h("label", { class: "qe-variable" }, h("code", {}, name), input);
    }),
    h("p", { class: "qe-hint" }, say("variablesHint")),
  );
}
