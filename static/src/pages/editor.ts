import "../../styles/editor.css";
import "../../styles/editor_panels.css";
import { Api } from "../api/client.ts";
import { mountEditor, type EditorPage } from "../editor/mount/mount.ts";
import { speak } from "../editor/i18n/strings.ts";

interface EditorData extends EditorPage {
  readonly csrf: string;
  readonly language: string;
}

const source = document.getElementById("editor-data");
if (source) {
  const data = JSON.parse(source.textContent ?? "") as EditorData;
  speak(data.language);
  mountEditor(data, new Api(data.urls, data.csrf));
}
