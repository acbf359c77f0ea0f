import "../../styles/editor.css";
import { Api, type Layout, type LayoutUrls } from "../api/client.ts";
import { mountEditor } from "../editor/mount.ts";
import type { Product } from "../editor/panels/findings.ts";
import { speak } from "../editor/strings.ts";

interface EditorData {
  readonly layout: Layout;
  readonly products: readonly Product[];
  readonly csrf: string;
  readonly urls: LayoutUrls;
  readonly language: string;
  readonly readonly: boolean;
}

const source = document.getElementById("editor-data");
if (source) {
  const data = JSON.parse(source.textContent ?? "") as EditorData;
  speak(data.language);
  mountEditor(data.layout, data.products, new Api(data.urls, data.csrf), data.readonly);
}
