/** What menus say, and the actions that are only in them. */
export const menusEn = {
  guides: "Guides", opacityMenu: "Opacity", partsMenu: "Parts of the canvas", arrangeMore: "More ways to arrange", carryMenu: "Position and look", previewMenu: "Preview as",
  thirdTop: "Top third", thirdMiddle: "Middle third, across", thirdBottom: "Bottom third",
  presetIt: "Preset {name}", canvasSizeIt: "Canvas size…", canvasSizeTo: "Canvas {w} × {h}", backgroundColorIt: "Background color…", backgroundUploadIt: "Upload a background picture…", backgroundLibraryIt: "Background picture from the library…", backgroundNoneIt: "Remove the background picture", opacityAsk: "Opacity…",
  changeBackground: "Change background picture", addMenu: "Add", imageUrlIt: "Image from an address…",
  guideAdd: "Add guide…", guideAdded: "Add guide", guideAxis: "Direction", guideUpright: "Vertical", guideLevel: "Horizontal", guideAt: "At", guideNext: "Choose the next guide", guideChosen: "Guide {axis} {at} chosen, {place} of {n}. Arrows move it, Delete removes it, Esc lets go.", guideNumber: "Guide {axis}", guideRemove: "Remove the guide {axis} {at}", guideNone: "No guides yet. Drag one out of a ruler, or add one by its number.",
  keyObjectIt: "Align to the next of the selected", keyObjectSaid: "The others align to {name}", keyObjectNone: "They align to one another",
  cropIn: "Enlarge the cropped picture", cropOut: "Shrink the cropped picture",
  findingsEmpty: "Nothing is drawn yet. What each product makes of it stands here as soon as something is.",
  lockNow: "Lock", unlockNow: "Unlock", hideNow: "Hide", showNow: "Show", placeIn: "{thing}: {field}", problemAt: "{place}. {message}",
  copied: "Copied {name}", cutWas: "Cut {name}", placeCopied: "Copied position and size of {name}", lookCopied: "Copied the look of {name}", nothingCopied: "Nothing was copied yet.",
};

export const menusZh: Record<keyof typeof menusEn, string> = {
  guides: "参考线", opacityMenu: "不透明度", partsMenu: "画布分区", arrangeMore: "更多排列方式", carryMenu: "位置与外观", previewMenu: "预览为",
  thirdTop: "上三分之一", thirdMiddle: "横向中间三分之一", thirdBottom: "下三分之一",
  presetIt: "预设 {name}", canvasSizeIt: "画布尺寸…", canvasSizeTo: "画布 {w} × {h}", backgroundColorIt: "背景颜色…", backgroundUploadIt: "上传背景图片…", backgroundLibraryIt: "从图片库选择背景…", backgroundNoneIt: "移除背景图片", opacityAsk: "不透明度…",
  changeBackground: "更换背景图片", addMenu: "添加", imageUrlIt: "用网址添加图片…",
  guideAdd: "添加参考线…", guideAdded: "添加参考线", guideAxis: "方向", guideUpright: "竖直", guideLevel: "水平", guideAt: "位置", guideNext: "选择下一条参考线", guideChosen: "已选参考线 {axis} {at}，第 {place} / {n} 条。方向键移动，Delete 移除，Esc 放开。", guideNumber: "参考线 {axis}", guideRemove: "移除参考线 {axis} {at}", guideNone: "还没有参考线。可从标尺拖出，或按数值添加。",
  keyObjectIt: "对齐到下一个所选对象", keyObjectSaid: "其余对象对齐到{name}", keyObjectNone: "所选对象互相对齐",
  cropIn: "放大裁剪中的图片", cropOut: "缩小裁剪中的图片",
  findingsEmpty: "画布还是空的。画上内容后，这里会显示各产品的检查结果。",
  lockNow: "锁定", unlockNow: "解锁", hideNow: "隐藏", showNow: "显示", placeIn: "{thing}：{field}", problemAt: "{place}。{message}",
  copied: "已复制{name}", cutWas: "已剪切{name}", placeCopied: "已复制{name}的位置和大小", lookCopied: "已复制{name}的外观", nothingCopied: "还没有复制过内容。",
};
