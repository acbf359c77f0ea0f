/** What the editor's own code says. The page's frame is translated by Django. */
import { canvasEn, canvasZh } from "./words_canvas.ts";
import { menusEn, menusZh } from "./words_menus.ts";
import { panelsEn, panelsZh } from "./words_panels.ts";

const en = {
  ...canvasEn,
  ...panelsEn,
  ...menusEn,
  region: "Region", image: "Image", text: "Text", canvas: "Canvas", objects: "objects", copySuffix: "copy",
  add: "Add {name}", move: "Move {name}", resize: "Resize {name}", delete: "Delete {name}", duplicate: "Duplicate {name}", paste: "Paste {name}",
  align: "Align {name}", distribute: "Distribute {name}", order: "Reorder {name}", rename: "Rename {name}",
  change: "Change {field}", canvasSize: "Change canvas size", preset: "Apply preset {name}", takeTheirs: "Take their version", restore: "Restore version {n}", restoreDraft: "Recover unsaved changes",
  undo: "Undo", redo: "Redo", undid: "Undid: {name}", redid: "Redid: {name}", undoWhat: "Undo {name}", redoWhat: "Redo {name}",
  saved: "Saved {time}", saving: "Saving…", unsaved: "Unsaved changes", retry: "Not saved. Retry in 5 s", readonly: "Read only", refused: "Not saved: {why}", conflicted: "Not saved: changed by someone else",
  conflict: "Someone else has saved this layout (now version {n}). Your changes are safe in this browser.", theirs: "Take theirs", mineCopy: "Keep mine as a copy", overwrite: "Overwrite with mine",
  selectedMany: "{n} objects selected", nothing: "Select an object to see its numbers.", mixed: "Mixed", lockedHint: "Locked: its place and looks are kept.", unlock: "Unlock",
  x: "X", y: "Y", w: "W", h: "H", name: "Name", fit: "Fit", cover: "Cover (crop)", contain: "Contain", stretch: "Stretch", opacity: "Opacity %", radius: "Corner radius",
  slot: "Slot", stream: "Stream", camera: "Camera", screen: "Screen", words: "Text", size: "Size", weight: "Weight", regular: "Regular", bold: "Bold", color: "Color", background: "Background",
  alignText: "Align", left: "Left", center: "Center", right: "Right", attached: "Belongs to", nobody: "Nobody", pictureUrl: "Picture", replace: "Replace…", placement: "Place and size", look: "Look", person: "Person", letters: "Letters",
  arrange: "Arrange", alignLeft: "Align left", alignCenter: "Align center", alignRight: "Align right", alignTop: "Align top", alignMiddle: "Align middle", alignBottom: "Align bottom", spreadX: "Distribute horizontally", spreadY: "Distribute vertically", fill: "Fill canvas", forward: "Bring forward", backward: "Send backward", front: "Bring to front", back: "Send to back",
  width: "Width", height: "Height", backgroundImage: "Background picture", upload: "Upload…", remove: "Remove", none: "None", sizes: "Common sizes", presets: "Presets",
  toHide: "Hide {name}", toShow: "Show {name}", toLock: "Lock {name}", toUnlock: "Unlock {name}", noLayers: "Nothing here yet. Add a region, an image or a text.",
  checking: "Checking…", fits: "Fits", error: "error", changed: "changed", dropped: "dropped", note: "note", errors: "Errors: {n}", differs: "Changes: {n}", notes: "Notes: {n}", notChecked: "Could not be checked: {why}",
  noVersions: "No versions yet.", restoreButton: "Restore", version: "Version {n}", current: "current", full: "A layout holds at most 100 objects.", numberHeld: "{field}: {typed} became {value}. {why}", numberRange: "{field} goes from {low} to {high}.", badNumber: "{field}: “{typed}” is not a number. It stays as it was.", uploadFailed: "The picture was not taken: {why}",
  deleted: "Deleted {name}", newText: "New text", badUrl: "The address must start with http:// or https://", canvasLabel: "Layout canvas, {name}, {w} by {h}, {n} objects", objectLabel: "{kind} {name}, left {x}, top {y}, {w} by {h}, {place} of {n} from front{states}", isLocked: ", locked", isHidden: ", hidden",
  open: "Open another document", saveNow: "Save now", shortcuts: "Keyboard shortcuts", close: "Close",
  safe: "Safe areas", "p-full": "Full screen", "p-side-by-side": "Side by side", "p-pip-top-left": "Picture in picture, top left", "p-pip-top-right": "Picture in picture, top right", "p-pip-bottom-left": "Picture in picture, bottom left", "p-pip-bottom-right": "Picture in picture, bottom right",
  "p-one-plus-two": "One and two", "p-one-plus-three": "One and three", "p-grid-2x2": "Grid, 2 × 2", "p-grid-3x3": "Grid, 3 × 3", "p-speaker-strip": "Speaker and strip", "p-screen-column": "Screen share and column",
  presetSurplus: "No place for, so hidden: {names}",
};

export type Key = keyof typeof en;

const zh: Record<Key, string> = {
  ...canvasZh,
  ...panelsZh,
  ...menusZh,
  region: "画面", image: "图片", text: "文字", canvas: "画布", objects: "个对象", copySuffix: "副本",
  add: "添加{name}", move: "移动{name}", resize: "调整{name}大小", delete: "删除{name}", duplicate: "复制{name}", paste: "粘贴{name}",
  align: "对齐{name}", distribute: "均匀分布{name}", order: "调整{name}层次", rename: "重命名{name}",
  change: "修改{field}", canvasSize: "修改画布尺寸", preset: "套用预设{name}", takeTheirs: "采用对方版本", restore: "恢复版本 {n}", restoreDraft: "找回未保存的修改",
  undo: "撤销", redo: "重做", undid: "已撤销：{name}", redid: "已重做：{name}", undoWhat: "撤销 {name}", redoWhat: "重做 {name}",
  saved: "已保存 {time}", saving: "保存中…", unsaved: "有未保存的修改", retry: "未保存，5 秒后重试", readonly: "只读", refused: "未保存：{why}", conflicted: "未保存：已被他人修改",
  conflict: "其他人已保存此布局（现为版本 {n}）。你的修改仍保存在本浏览器中。", theirs: "采用对方版本", mineCopy: "将我的另存为副本", overwrite: "用我的覆盖",
  selectedMany: "已选中 {n} 个对象", nothing: "选中一个对象即可查看其数值。", mixed: "多个值", lockedHint: "已锁定：位置和外观保持不变。", unlock: "解锁",
  x: "X", y: "Y", w: "宽", h: "高", name: "名称", fit: "填充方式", cover: "裁剪铺满", contain: "完整显示", stretch: "拉伸", opacity: "不透明度 %", radius: "圆角",
  slot: "席位", stream: "视频流", camera: "摄像头", screen: "屏幕共享", words: "文字内容", size: "字号", weight: "字重", regular: "常规", bold: "粗体", color: "颜色", background: "底色",
  alignText: "对齐", left: "左", center: "中", right: "右", attached: "属于", nobody: "不属于任何人", pictureUrl: "图片", replace: "更换…", placement: "位置与尺寸", look: "外观", person: "人物", letters: "字体",
  arrange: "排列", alignLeft: "左对齐", alignCenter: "水平居中", alignRight: "右对齐", alignTop: "顶对齐", alignMiddle: "垂直居中", alignBottom: "底对齐", spreadX: "水平分布", spreadY: "垂直分布", fill: "铺满画布", forward: "上移一层", backward: "下移一层", front: "置于顶层", back: "置于底层",
  width: "宽度", height: "高度", backgroundImage: "背景图片", upload: "上传…", remove: "移除", none: "无", sizes: "常用尺寸", presets: "预设",
  toHide: "隐藏{name}", toShow: "显示{name}", toLock: "锁定{name}", toUnlock: "解锁{name}", noLayers: "还没有内容。请添加画面、图片或文字。",
  checking: "检查中…", fits: "完全支持", error: "错误", changed: "会变样", dropped: "不会出现", note: "说明", errors: "{n} 个错误", differs: "{n} 处变化", notes: "{n} 条说明", notChecked: "无法检查：{why}",
  noVersions: "还没有版本。", restoreButton: "恢复", version: "版本 {n}", current: "当前", full: "一个布局最多 100 个对象。", numberHeld: "{field}：{typed} 改为 {value}。{why}", numberRange: "{field}的范围是 {low} 到 {high}。", badNumber: "{field}：“{typed}”不是数字，保持原值。", uploadFailed: "图片未被接受：{why}",
  deleted: "已删除{name}", newText: "新文字", badUrl: "地址必须以 http:// 或 https:// 开头", canvasLabel: "布局画布，{name}，{w} × {h}，{n} 个对象", objectLabel: "{kind} {name}，左 {x}，上 {y}，{w} × {h}，从前数第 {place} / {n}{states}", isLocked: "，已锁定", isHidden: "，已隐藏",
  open: "打开另一份文档", saveNow: "立即保存", shortcuts: "快捷键", close: "关闭",
  safe: "安全区", "p-full": "全屏", "p-side-by-side": "左右并排", "p-pip-top-left": "画中画，左上", "p-pip-top-right": "画中画，右上", "p-pip-bottom-left": "画中画，左下", "p-pip-bottom-right": "画中画，右下",
  "p-one-plus-two": "一大两小", "p-one-plus-three": "一大三小", "p-grid-2x2": "宫格，2 × 2", "p-grid-3x3": "宫格，3 × 3", "p-speaker-strip": "主讲与底栏", "p-screen-column": "屏幕共享与侧栏",
  presetSurplus: "位置不足，已隐藏：{names}",
};

let words: Record<Key, string> = en;

export function speak(language: string): void {
  words = language.toLowerCase().startsWith("zh") ? zh : en;
}

/** The sentence for a key, with `{name}` places filled. */
export function say(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return words[key].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
