/** What the canvas and its actions say. */
export const canvasEn = {
  toolSelect: "Select", toolPan: "Pan", toolRegion: "Draw a region", toolText: "Write a text", toolImage: "Add an image", toolKeep: "Keep the tool",
  selectAll: "Select all", selectNone: "Select nothing", selectInvert: "Invert the selection", selectSame: "Select the same kind", selectNext: "Next object", selectPrevious: "Previous object", selectBelow: "Select below", selectParent: "Select the group above", openIt: "Edit the content",
  copyIt: "Copy", cutIt: "Cut", pasteIt: "Paste", pasteHere: "Paste here", copyPlace: "Copy position and size", pastePlace: "Paste position and size", copyLook: "Copy look", pasteLook: "Paste look",
  placePasted: "Paste position and size to {name}", lookPasted: "Paste look to {name}", pastedPixels: "Pasted at the pixels they had on {w} × {h}.", scaleToFit: "Scale to fit",
  duplicateIt: "Duplicate", deleteIt: "Delete", lockIt: "Lock or unlock", hideIt: "Hide or show", groupIt: "Group", ungroupIt: "Ungroup", groupNumber: "Group {n}", group: "Group {name}", ungroup: "Ungroup {name}", ratioIt: "Keep ratio", renameIt: "Rename",
  centerAll: "Center on the canvas", tidyIt: "Tidy up", tidy: "Tidy up {name}", sameWidth: "Same width", sameHeight: "Same height", fillIt: "Fill the canvas", fitIt: "Fit the canvas", halfLeft: "Left half", halfRight: "Right half", halfTop: "Top half", halfBottom: "Bottom half",
  thirdOne: "First third", thirdTwo: "Middle third", thirdThree: "Last third", quarterOne: "Top left quarter", quarterTwo: "Top right quarter", quarterThree: "Bottom left quarter", quarterFour: "Bottom right quarter",
  nudgeIt: "Move by a pixel", growIt: "Resize by a pixel", opacityIt: "Opacity {n} %",
  zoomIn: "Zoom in", zoomOut: "Zoom out", zoomFull: "Zoom to 100 %", zoomFit: "Zoom to the canvas", zoomSelection: "Zoom to the selection", snapIt: "Snap", gridIt: "Grid", rulersIt: "Rulers", panelsIt: "Hide or show the panels", clearGuides: "Remove all guides", movedTo: "Moved to {x}, {y}", resizedTo: "Resized to {w} by {h}", nothingSelected: "Nothing selected", one_region: "1 region", many_region: "{n} regions", one_image: "1 image", many_image: "{n} images", one_text: "1 text", many_text: "{n} texts", menuIt: "Menu of the selection",
  undoLater: "Something was done since. Undo that first: {name}.", switchedOn: "{name}: on", switchedOff: "{name}: off", panelsShown: "Panels", zoomedTo: "Zoom {n} %",
  pasteDenied: "The browser does not let the page read the clipboard. Press Ctrl+V.",
  crop: "Crop {name}", cropHint: "Drag the picture or the edges · + and − zoom it · Esc to finish", cropReset: "Show the whole picture", editText: "Edit {name}", outside: "Objects stay on the canvas.", underPointer: "Under the pointer", guideMoved: "Guide at {at}", guideGone: "Guide removed", variable: "Sample for {name}", regionUnassigned: "Seats that were taken here stay with whom they have. The copy sits on {slot}: nobody is assigned yet.",
};

export const canvasZh: Record<keyof typeof canvasEn, string> = {
  toolSelect: "选择", toolPan: "平移", toolRegion: "画一个画面", toolText: "写文字", toolImage: "添加图片", toolKeep: "保持当前工具",
  selectAll: "全选", selectNone: "取消选择", selectInvert: "反选", selectSame: "选择同类对象", selectNext: "下一个对象", selectPrevious: "上一个对象", selectBelow: "选择下一层", selectParent: "选择上级编组", openIt: "编辑内容",
  copyIt: "复制", cutIt: "剪切", pasteIt: "粘贴", pasteHere: "粘贴到这里", copyPlace: "复制位置和大小", pastePlace: "粘贴位置和大小", copyLook: "复制外观", pasteLook: "粘贴外观",
  placePasted: "把位置和大小粘贴到{name}", lookPasted: "把外观粘贴到{name}", pastedPixels: "已按 {w} × {h} 画布上的像素粘贴。", scaleToFit: "按比例缩放",
  duplicateIt: "创建副本", deleteIt: "删除", lockIt: "锁定或解锁", hideIt: "隐藏或显示", groupIt: "编组", ungroupIt: "取消编组", groupNumber: "编组 {n}", group: "编组{name}", ungroup: "取消编组{name}", ratioIt: "保持比例", renameIt: "重命名",
  centerAll: "画布居中", tidyIt: "整理", tidy: "整理{name}", sameWidth: "宽度相同", sameHeight: "高度相同", fillIt: "铺满画布", fitIt: "适应画布", halfLeft: "左半", halfRight: "右半", halfTop: "上半", halfBottom: "下半",
  thirdOne: "前三分之一", thirdTwo: "中间三分之一", thirdThree: "后三分之一", quarterOne: "左上四分之一", quarterTwo: "右上四分之一", quarterThree: "左下四分之一", quarterFour: "右下四分之一",
  nudgeIt: "移动一像素", growIt: "缩放一像素", opacityIt: "不透明度 {n} %",
  zoomIn: "放大", zoomOut: "缩小", zoomFull: "缩放到 100 %", zoomFit: "缩放到画布", zoomSelection: "缩放到所选", snapIt: "吸附", gridIt: "网格", rulersIt: "标尺", panelsIt: "隐藏或显示面板", clearGuides: "移除全部参考线", movedTo: "移到 {x}, {y}", resizedTo: "调整为 {w} × {h}", nothingSelected: "未选中任何对象", one_region: "1 个画面", many_region: "{n} 个画面", one_image: "1 张图片", many_image: "{n} 张图片", one_text: "1 个文字", many_text: "{n} 个文字", menuIt: "所选对象的菜单",
  undoLater: "之后又有操作，请先撤销：{name}。", switchedOn: "{name}：开", switchedOff: "{name}：关", panelsShown: "面板", zoomedTo: "缩放 {n} %",
  pasteDenied: "浏览器不允许页面读取剪贴板，请按 Ctrl+V。",
  crop: "裁剪{name}", cropHint: "拖动图片或边缘 · 按 + 或 − 缩放图片 · 按 Esc 完成", cropReset: "显示完整图片", editText: "编辑{name}", outside: "对象须留在画布内。", underPointer: "指针下方", guideMoved: "参考线位于 {at}", guideGone: "参考线已移除", variable: "{name} 的示例", regionUnassigned: "此处已有人占用的席位不变，副本改用 {slot}，尚未指定人员。",
};
